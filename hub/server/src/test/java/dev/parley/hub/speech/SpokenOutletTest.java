package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.Piece;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpokenOutletTest {

  private final List<String> heard = new ArrayList<>();
  private final List<String> source = new ArrayList<>();
  private @Nullable Throwable failure;

  private final CallRecord record =
      new CallRecord(new CallFacts("id", "speech", "m", true, Caller.ANYONE), 0);
  private final SpokenOutlet outlet =
      new SpokenOutlet(
          new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {}

            @Override
            public void onNext(SpokenEvent event) {
              heard.add(shown(event));
            }

            @Override
            public void onError(Throwable cause) {
              failure = cause;
            }

            @Override
            public void onComplete() {
              heard.add("complete");
            }
          },
          record,
          Clock.system(),
          new SpokenOutlet.Source() {
            @Override
            public void more() {
              source.add("more");
            }

            @Override
            public void fail(Throwable cause) {
              source.add("fail");
            }

            @Override
            public void stop() {
              source.add("stop");
            }
          });

  private static String shown(SpokenEvent event) {
    return switch (event) {
      case SpokenEvent.Begun(_, String voice, _) -> "begun by " + voice;
      case SpokenEvent.Sound(int segment, _, long offset) -> "sound " + segment + " at " + offset;
      case SpokenEvent.Marks(int segment, _) -> "marks " + segment;
      case SpokenEvent.Ended(int segment, var reason, long millis, _) ->
          reason + " " + segment + " after " + millis;
    };
  }

  private void made(long... offsets) {
    List<Piece> pieces = new ArrayList<>();
    for (long offset : offsets) {
      pieces.add(new Piece(new byte[2], offset));
    }
    outlet.made(pieces, List.of());
  }

  private void ended(int segment, long millis) {
    outlet.made(
        List.of(),
        List.of(
            new SpokenEvent.Ended(
                segment, SpokenEvent.Ended.Reason.COMPLETED, millis, Optional.empty())));
  }

  private void format(AudioEncoding encoding) {
    outlet.format(Optional.of(new AudioFormat(Optional.of(encoding), 24_000, 1, 0)));
  }

  @Test
  void beginsWithWhoSpeaksAndNumbersTheSoundOfEachSegment() {
    format(AudioEncoding.WAV);
    outlet.spokenBy("anna", "");
    outlet.request(Long.MAX_VALUE);
    made(0, 100);
    ended(0, 200);
    made(200);
    ended(1, 50);
    outlet.complete();
    assertThat(heard)
        .containsExactly(
            "begun by anna",
            "sound 0 at 0",
            "sound 0 at 100",
            "COMPLETED 0 after 200",
            "sound 1 at 200",
            "COMPLETED 1 after 50",
            "complete");
    assertThat(record.audioMillis()).isEqualTo(250);
    assertThat(source).containsExactly("more", "stop");
  }

  @Test
  void handsOnNoMoreThanIsAskedFor() {
    format(AudioEncoding.WAV);
    made(0, 100, 200);
    outlet.drain();
    assertThat(heard).isEmpty();
    outlet.request(2);
    assertThat(heard).containsExactly("begun by ", "sound 0 at 0");
    assertThat(record.audioMillis()).isZero();
    made(new long[20]);
    assertThat(outlet.hasRoom()).isFalse();
    outlet.request(20);
    assertThat(outlet.hasRoom()).isTrue();
  }

  @Test
  void leavesOutTheSoundOfCancelledSegmentsAndTellsHowMuchOfThemWasHeard() {
    format(AudioEncoding.PCM_S16LE);
    outlet.request(3);
    made(0, 80, 160);
    outlet.drain();
    outlet.cancelUpTo(1);
    made(80);
    outlet.request(Long.MAX_VALUE);
    assertThat(heard)
        .containsExactly(
            "begun by ",
            "sound 0 at 0",
            "sound 0 at 80",
            "CANCELLED 0 after 80",
            "CANCELLED 1 after 0",
            "sound 2 at 80");
  }

  @Test
  void keepsTheFramesOfWhatHasAHeader() {
    format(AudioEncoding.MP3);
    made(0);
    outlet.cancelUpTo(0);
    outlet.request(Long.MAX_VALUE);
    assertThat(heard).containsExactly("begun by ", "sound 0 at 0", "CANCELLED 0 after 0");
  }

  @Test
  void tellsAFailureBehindWhatWasMadeAndThatItWasHeard() {
    HubError.BackendFailed broken =
        new HubError.BackendFailed(
            new Target("b", "m"), OptionalInt.empty(), "broken", HubError.Reached.BACKEND);
    format(AudioEncoding.WAV);
    made(0);
    outlet.fail(new HubException(broken));
    assertThat(failure).isNull();
    outlet.request(2);
    assertThat(heard).hasSize(2);
    assertThat(failure)
        .isInstanceOfSatisfying(
            HubException.class,
            told ->
                assertThat(told.error())
                    .isEqualTo(
                        new HubError.BackendFailed(
                            broken.target(),
                            OptionalInt.empty(),
                            "broken",
                            HubError.Reached.CALLER)));
    assertThat(source).contains("stop");
  }

  @Test
  void stopsTheSourceOnceWhenTheCallerLeaves() {
    outlet.cancel();
    outlet.cancel();
    assertThat(source).containsExactly("stop");
    assertThat(outlet.isOver()).isTrue();
  }
}
