package dev.parley.hub.recognition.live;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.Json;
import dev.parley.core.model.Caller;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.media.SteadyEars;
import dev.parley.hub.recognition.live.TurnSettings.Eagerness;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import dev.parley.hub.recognition.order.RecognitionWish;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A live session in the hands of a test. */
final class Bench {

  static final AudioFormat PCM = AudioFormat.of(AudioEncoding.PCM_S16LE, 16_000, 1);

  final HandLoop loop = new HandLoop();
  final HearingClips clips;
  final Reader reader;
  final LiveSession session;

  Bench(HearingClips clips, TurnSettings turns) {
    this(clips, order(PCM, turns, true), SteadyEars::open, Long.MAX_VALUE);
  }

  Bench(HearingClips clips, LiveOrder order, Ears ears, long demand) {
    this.clips = clips;
    this.reader = new Reader(demand);
    this.session = new LiveSession(order, ears, clips, loop);
    session.subscribe(reader);
    loop.turn();
  }

  static LiveOrder order(AudioFormat format, TurnSettings turns, boolean interims) {
    var wish =
        new RecognitionWish(
            "",
            RecognitionTask.TRANSCRIBE,
            List.of(),
            "",
            List.of(),
            RecognitionWish.Times.AS_THEY_COME,
            false,
            0,
            false,
            false,
            false,
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            false,
            Json.EMPTY_OBJECT,
            "test",
            Map.of(),
            Caller.ANYONE);
    return new LiveOrder(wish, format, interims, true, turns);
  }

  static TurnSettings turns(Mode mode) {
    return turns(mode, TurnDetection.UNSTATED, OptionalDouble.empty());
  }

  static TurnSettings turns(Mode mode, TurnDetection speech, OptionalDouble eager) {
    return new TurnSettings(mode, speech, Eagerness.AUTO, eager, OptionalInt.empty());
  }

  /** Speech that is cut at so many ms. */
  static TurnDetection cutAt(int ms) {
    return new TurnDetection(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(ms));
  }

  static byte[] pcm(float[] samples) {
    var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (var sample : samples) {
      bytes.putShort((short) Math.clamp(Math.round(sample * 32_767), -32_768, 32_767));
    }
    return bytes.array();
  }

  /** Gives sound, and lets everything that follows from it happen. */
  void hear(float[] samples) {
    var taken = session.hear(pcm(samples));
    loop.turnUntil(taken::isDone);
    loop.turn();
  }

  void end() {
    session.end();
    loop.turn();
  }
}
