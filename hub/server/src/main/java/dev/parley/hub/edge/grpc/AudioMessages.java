package dev.parley.hub.edge.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.hub.media.MediaDesk;
import dev.parley.hub.media.Orders;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.Span;
import dev.parley.hub.media.Speech;
import dev.parley.hub.media.Stored;
import dev.parley.proto.v1.AudioSource;
import dev.parley.proto.v1.ConvertRequest;
import dev.parley.proto.v1.DenoiseRequest;
import dev.parley.proto.v1.DetectSpeechRequest;
import dev.parley.proto.v1.DetectSpeechResponse;
import dev.parley.proto.v1.Media;
import dev.parley.proto.v1.SpeechSpan;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What callers say of sound in messages, and what they are answered. */
final class AudioMessages {

  private AudioMessages() {}

  static Orders.Convert order(ConvertRequest request, MediaDesk media) {
    return new Orders.Convert(
        sound(request.getAudio(), media),
        AudioFormats.read(request.getFormat()),
        request.getGainDb(),
        new Span(
            request.getStart(),
            request.hasEnd() ? OptionalDouble.of(request.getEnd()) : OptionalDouble.empty()));
  }

  static Orders.Denoise order(DenoiseRequest request, MediaDesk media) {
    return new Orders.Denoise(
        sound(request.getAudio(), media),
        AudioFormats.read(request.getFormat()),
        request.getModel(),
        request.hasAttenuationLimitDb()
            ? OptionalDouble.of(request.getAttenuationLimitDb())
            : OptionalDouble.empty());
  }

  static Orders.Detect order(DetectSpeechRequest request, MediaDesk media) {
    return new Orders.Detect(
        sound(request.getAudio(), media), turns(request.getVad()), request.getModel());
  }

  static Sound sound(AudioSource source, MediaDesk media) {
    AudioFormat declared = AudioFormats.read(source.getFormat());
    return switch (source.getSourceCase()) {
      case MEDIA -> media.stored(source.getMedia(), declared);
      // None of both is refused before it comes here.
      case CONTENT, SOURCE_NOT_SET -> Sound.of(source.getContent().toByteArray(), declared);
    };
  }

  static TurnDetection turns(dev.parley.proto.v1.TurnDetection vad) {
    return new TurnDetection(
        vad.hasThreshold() ? OptionalDouble.of(vad.getThreshold()) : OptionalDouble.empty(),
        OptionalDouble.empty(),
        vad.hasPrefixPaddingMs() ? OptionalInt.of(vad.getPrefixPaddingMs()) : OptionalInt.empty(),
        OptionalInt.empty(),
        vad.hasSilenceDurationMs()
            ? OptionalInt.of(vad.getSilenceDurationMs())
            : OptionalInt.empty(),
        vad.hasMinSpeechMs() ? OptionalInt.of(vad.getMinSpeechMs()) : OptionalInt.empty(),
        vad.hasMaxSpeechMs() ? OptionalInt.of(vad.getMaxSpeechMs()) : OptionalInt.empty());
  }

  static DetectSpeechResponse answer(Speech speech) {
    DetectSpeechResponse.Builder answer =
        DetectSpeechResponse.newBuilder().setDuration(speech.seconds()).setModel(speech.model());
    for (Speech.Stretch stretch : speech.spans()) {
      answer.addSegments(SpeechSpan.newBuilder().setStart(stretch.start()).setEnd(stretch.end()));
    }
    return answer.build();
  }

  static Media media(Stored stored) {
    Instant end = stored.expireTime();
    Media.Builder media =
        Media.newBuilder()
            .setName(stored.name())
            .setSizeBytes(stored.sizeBytes())
            .setDuration(stored.seconds())
            .setSha256(stored.sha256())
            .setExpireTime(
                Timestamp.newBuilder().setSeconds(end.getEpochSecond()).setNanos(end.getNano()));
    if (!stored.format().equals(AudioFormat.UNSTATED)) {
      media.setFormat(AudioFormats.write(stored.format()));
    }
    return media.build();
  }
}
