package dev.parley.hub.edge.grpc;

import dev.parley.core.json.Json;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.speakers.SpeakerOrder;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.proto.v1.DiarizeRequest;
import dev.parley.proto.v1.VerifySpeakerRequest;
import java.util.OptionalDouble;

/** What callers ask about speakers, out of messages. Pure. */
final class SpeakerOrders {

  private SpeakerOrders() {}

  static SpeakerOrder.Diarize order(DiarizeRequest request, MediaDesk media, CallerFacts caller) {
    SpeakersWish wish =
        request.hasConfig()
            ? RecognitionMessages.speakers(request.getConfig(), "config", media)
            : SpeakersWish.NONE;
    return new SpeakerOrder.Diarize(
        asker(request.getModel(), caller), AudioMessages.sound(request.getAudio(), media), wish);
  }

  static SpeakerOrder.Verify order(
      VerifySpeakerRequest request, MediaDesk media, CallerFacts caller) {
    return new SpeakerOrder.Verify(
        asker(request.getModel(), caller),
        AudioMessages.sound(request.getAudio1(), media),
        AudioMessages.sound(request.getAudio2(), media),
        request.hasThreshold()
            ? OptionalDouble.of(request.getThreshold())
            : OptionalDouble.empty());
  }

  private static SpeakerOrder.Asker asker(String model, CallerFacts caller) {
    return new SpeakerOrder.Asker(
        model, Json.EMPTY_OBJECT, caller.requestId(), caller.headers(), caller.caller());
  }
}
