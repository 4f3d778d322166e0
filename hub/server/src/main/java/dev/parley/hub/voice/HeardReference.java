package dev.parley.hub.voice;

import dev.parley.hub.media.Examined;
import dev.parley.hub.media.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A recording that was heard, and will do. */
record HeardReference(NewReference asked, Examined found) {

  /**
   * Hears recordings one after the other, so that whoever brings ten takes no more than one place
   * at a time. Fails with what is wrong with the first bad one.
   */
  static CompletableFuture<List<HeardReference>> all(List<NewReference> asked, Examiner examiner) {
    return from(0, asked, examiner);
  }

  private static CompletableFuture<List<HeardReference>> from(
      int index, List<NewReference> asked, Examiner examiner) {
    if (index == asked.size()) {
      return CompletableFuture.completedFuture(List.of());
    }
    NewReference one = asked.get(index);
    return examiner
        .examine(one.sound(), "references[" + index + "]")
        .thenCompose(found ->
            from(index + 1, asked, examiner)
                .thenApply(rest ->
                    Stream.concat(Stream.of(new HeardReference(one, found)), rest.stream())
                        .toList()));
  }

  /** What tells a request with these recordings from others. */
  static String digest(List<HeardReference> heard, String... parts) {
    List<String> all = new ArrayList<>(List.of(parts));
    for (HeardReference one : heard) {
      all.add(one.sha256());
      all.add(one.asked().sound().declared().toString());
      all.add(one.asked().transcript());
    }
    return Sha256.hex(VoiceText.list(all).getBytes(StandardCharsets.UTF_8));
  }

  String sha256() {
    return found.sha256();
  }

  /** As it is kept. */
  StoredReference stored(String id) {
    return new StoredReference(
        new VoiceReference(
            id,
            found.sha256(),
            found.seconds(),
            found.sampleRateHz(),
            asked.transcript(),
            found.speechSeconds(),
            found.loudnessLufs(),
            found.snrDb(),
            found.clippedRatio()),
        asked.sound().declared());
  }
}
