package dev.parley.hub.voice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.media.Examined;
import dev.parley.hub.media.Sound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeardReferenceTest {

  private static NewReference reference(String content, String transcript) {
    return new NewReference(
        Sound.of(content.getBytes(StandardCharsets.UTF_8), AudioFormat.UNSTATED), transcript);
  }

  private static String digest(String kind, NewReference... asked) {
    return HeardReference.digest(
        HeardReference.all(List.of(asked), new HashingExaminer()).join(), kind);
  }

  @Test
  void hearsTheNextOneWhenTheOneBeforeIsHeard() {
    List<CompletableFuture<Examined>> hearing = new ArrayList<>();
    Examiner slow =
        (_, _) -> {
          hearing.add(new CompletableFuture<>());
          return hearing.getLast();
        };
    CompletableFuture<List<HeardReference>> heard =
        HeardReference.all(List.of(reference("a", ""), reference("b", "")), slow);
    assertThat(hearing).hasSize(1);
    Sound sound = Sound.of(new byte[] {1}, AudioFormat.UNSTATED);
    Examined found = new HashingExaminer().examine(sound, "any").join();
    hearing.getFirst().complete(found);
    assertThat(hearing).hasSize(2);
    assertThat(heard).isNotDone();
    hearing.getLast().complete(found);
    assertThat(heard.join())
        .extracting(one -> one.asked().sound().stream().readAllBytes())
        .containsExactly(new byte[] {'a'}, new byte[] {'b'});
  }

  @Test
  void tellsWhichOneIsBadAndHearsNoneBehindIt() {
    List<String> fields = new ArrayList<>();
    Examiner noting =
        (sound, field) -> {
          fields.add(field);
          return new HashingExaminer().examine(sound, field);
        };
    List<NewReference> asked = List.of(reference("a", ""), reference("?", ""), reference("c", ""));
    assertThat(HeardReference.all(asked, noting))
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOfSatisfying(
            HubException.class,
            refused ->
                assertThat(refused.error())
                    .isEqualTo(
                        new HubError.UnsupportedAudio("references[1]", "a question", "sound")));
    assertThat(fields).containsExactly("references[0]", "references[1]");
  }

  @Test
  void theSameRequestHasTheSameDigestAndNoOtherHas() {
    NewReference a = reference("a", "said");
    NewReference b = reference("b", "said");
    assertThat(digest("add", a, b)).isEqualTo(digest("add", a, b));
    assertThat(
            List.of(
                digest("add", a, b),
                digest("add", b, a),
                digest("create", a, b),
                digest("add", a),
                digest("add", reference("a", "other"))))
        .doesNotHaveDuplicates();
  }
}
