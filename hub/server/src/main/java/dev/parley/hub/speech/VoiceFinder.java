package dev.parley.hub.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks the library for the voices of an order. */
final class VoiceFinder {

  private VoiceFinder() {}

  static CompletableFuture<KnownVoice> known(VoiceWish wish, VoiceSource voices) {
    return switch (wish) {
      case VoiceWish.Usual _ -> CompletableFuture.completedFuture(new KnownVoice.Usual());
      case VoiceWish.Named(var name) -> named(name, voices);
      case VoiceWish.Recorded(var sound, var transcript) ->
          voices.recording(sound, transcript).thenApply(KnownVoice.OneOff::new);
      case VoiceWish.Described(var description) ->
          CompletableFuture.completedFuture(new KnownVoice.Described(description));
      case VoiceWish.Blended blended -> blend(blended, voices);
    };
  }

  private static CompletableFuture<KnownVoice> named(String name, VoiceSource voices) {
    return voices
        .find(name)
        .thenApply(found ->
            found.<KnownVoice>map(voice -> voice).orElseGet(() -> new KnownVoice.Foreign(name)));
  }

  private static CompletableFuture<KnownVoice> blend(
      VoiceWish.Blended blended, VoiceSource voices) {
    double sum = blended.shares().stream().mapToDouble(VoiceWish.Blended.Share::weight).sum();
    List<VoiceWish.Blended.Share> heard =
        blended.shares().stream().filter(share -> share.weight() > 0).toList();
    List<CompletableFuture<KnownVoice>> found =
        heard.stream().map(share -> named(share.name(), voices)).toList();
    return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
        .thenApply(_ -> {
          List<KnownVoice.Blend.Share> shares = new ArrayList<>();
          for (int i = 0; i < heard.size(); i++) {
            shares.add(
                new KnownVoice.Blend.Share(found.get(i).join(), heard.get(i).weight() / sum));
          }
          return shares.size() == 1 ? shares.getFirst().voice() : new KnownVoice.Blend(shares);
        });
  }
}
