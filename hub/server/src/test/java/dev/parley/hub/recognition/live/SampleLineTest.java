package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SampleLineTest {

  /** Sample {@code n} is {@code n}, so each clip tells where it is from. */
  @Property(tries = 200)
  void clipsAreTheSamplesOfTheirPlaces(@ForAll Random random) {
    var line = new SampleLine();
    for (var round = 0; round < 60; round++) {
      var more = new short[random.nextInt(3_000)];
      for (var i = 0; i < more.length; i++) {
        more[i] = (short) (line.end() + i);
      }
      line.append(more);
      if (random.nextInt(3) == 0) {
        line.dropBefore(line.begin() + random.nextInt((int) (line.end() - line.begin()) + 1));
      }
      var from = line.begin() + random.nextInt((int) (line.end() - line.begin()) + 1);
      var to = from + random.nextInt((int) (line.end() - from) + 1);
      check(line, from, to);
    }
  }

  private static void check(SampleLine line, long from, long to) {
    var clip = line.clip(from, to);
    assertThat(clip.samples()).isEqualTo(to - from);
    assertThat(clip.bytes()).hasSize(44 + 2 * (int) (to - from));
    var samples = ByteBuffer.wrap(clip.bytes()).order(ByteOrder.LITTLE_ENDIAN).position(44);
    for (var at = from; at < to; at++) {
      assertThat(samples.getShort()).isEqualTo((short) at);
    }
  }

  @Test
  void roomGoesBackWhenLittleIsNeeded() {
    var line = new SampleLine();
    for (var second = 0; second < 30; second++) {
      line.append(new short[16_000]);
    }
    assertThat(line.room()).isGreaterThanOrEqualTo(480_000);
    line.dropBefore(line.end() - 100);
    assertThat(line.room()).isLessThan(10_000);
  }
}
