package dev.parley.hub.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.chaos.Schedule.Stretch;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Schedule ONE =
      new Schedule(
          List.of(
              List.of(
                  new Stretch(0, 100, Condition.SILENT),
                  new Stretch(100, 150, Condition.HEALTHY),
                  new Stretch(150, 400, Condition.REFUSED),
                  new Stretch(400, Schedule.NO_END, Condition.HEALTHY))));

  @Test
  void sameSeedGivesTheSameSchedule() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  private static Schedule drawn(long seed) {
    return Schedule.draw(new SplittableRandom(seed), 4, Duration.ofSeconds(60));
  }

  @Test
  void everyoneIsHealthyBeforeAndAfter() {
    Schedule schedule = drawn(7);
    for (int backend = 0; backend < 4; backend++) {
      assertThat(schedule.at(backend, -1)).isEqualTo(Condition.HEALTHY);
      assertThat(schedule.at(backend, 60_000)).isEqualTo(Condition.HEALTHY);
    }
  }

  @Test
  void callIsHopelessWhereNoHealthyWhileIsLongEnough() {
    assertThat(ONE.answerable(List.of(0), 0, 300, 60)).isFalse();
    assertThat(ONE.answerable(List.of(0), 0, 300, 50)).isTrue();
    assertThat(ONE.answerable(List.of(0), 120, 300, 50)).isFalse();
    assertThat(ONE.answerable(List.of(0), 120, 500, 50)).isTrue();
  }
}
