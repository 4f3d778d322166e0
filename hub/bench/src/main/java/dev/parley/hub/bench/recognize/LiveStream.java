package dev.parley.hub.bench.recognize;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.proto.v1.AudioEncoding;
import dev.parley.proto.v1.AudioFormat;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import dev.parley.proto.v1.TurnDetection;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One caller who talks in real time and notes when each piece was sent and each answer came. What
 * it sends belongs to one loop, what it hears to another; both are looked at when it has ended.
 */
final class LiveStream implements StreamObserver<StreamingRecognizeResponse> {

  /** Silence after which speech has stopped, as the hub is told. */
  static final int SILENCE_MS = 500;

  private static final Logger LOG = Logger.getLogger(LiveStream.class.getName());
  private static final int PIECE_MS = 40;
  private static final int PIECE_BYTES = Mumble.RATE_HZ * Short.BYTES * PIECE_MS / 1_000;
  private static final long PIECE_NANOS = PIECE_MS * 1_000_000L;

  private final Stage stage;
  private final String id;
  private final boolean interims;
  private final Mumble mumble;
  private final long[] sentNanos;
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();
  private final List<Long> stoppedMs = new ArrayList<>();
  private final List<Long> resultNanos = new ArrayList<>();
  private final List<Long> finalNanos = new ArrayList<>();
  private long startNanos;

  LiveStream(Stage stage, String id, boolean interims, Mumble mumble) {
    this.stage = stage;
    this.id = id;
    this.interims = interims;
    this.mumble = mumble;
    this.sentNanos = new long[Math.ceilDiv(mumble.sound().length, PIECE_BYTES)];
  }

  String id() {
    return id;
  }

  boolean interims() {
    return interims;
  }

  Mumble mumble() {
    return mumble;
  }

  /** Completes with whether it ended well. */
  CompletableFuture<Boolean> end() {
    return end;
  }

  /** When the piece with this sample was sent. */
  long sentNanos(long sample) {
    long piece = sample * Short.BYTES / PIECE_BYTES;
    return sentNanos[(int) Math.clamp(piece, 0, sentNanos.length - 1L)];
  }

  /** Where speech stopped, as the hub says, in ms of the stream. */
  List<Long> stoppedMs() {
    return stoppedMs;
  }

  /** When results came, final or not. */
  List<Long> resultNanos() {
    return resultNanos;
  }

  List<Long> finalNanos() {
    return finalNanos;
  }

  /** Opens it after a while, and talks. */
  void begin(LiveLine line, long afterNanos) {
    stage.later(
        afterNanos,
        () -> {
          StreamObserver<StreamingRecognizeRequest> opened = line.stub(id).streamingRecognize(this);
          opened.onNext(StreamingRecognizeRequest.newBuilder().setConfig(config()).build());
          startNanos = System.nanoTime();
          stage.later(PIECE_NANOS, () -> send(opened, 0));
        });
  }

  private StreamingRecognitionConfig config() {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(RecognitionConfig.newBuilder().setModel(RecognizeConfig.MODEL))
        .setFormat(
            AudioFormat.newBuilder()
                .setEncoding(AudioEncoding.AUDIO_ENCODING_PCM_S16LE)
                .setSampleRateHz(Mumble.RATE_HZ)
                .setChannelCount(1))
        .setInterimResults(interims)
        .setSpeechEvents(true)
        .setTurnDetection(
            TurnDetection.newBuilder()
                .setMode(TurnDetection.Mode.MODE_SERVER_VAD)
                .setSilenceDurationMs(SILENCE_MS))
        .build();
  }

  private void send(StreamObserver<StreamingRecognizeRequest> opened, int piece) {
    if (end.isDone()) {
      return;
    }
    int from = piece * PIECE_BYTES;
    int length = Math.min(PIECE_BYTES, mumble.sound().length - from);
    sentNanos[piece] = System.nanoTime();
    opened.onNext(
        StreamingRecognizeRequest.newBuilder()
            .setAudio(UnsafeByteOperations.unsafeWrap(mumble.sound(), from, length))
            .build());
    if (piece + 1 == sentNanos.length) {
      opened.onCompleted();
      return;
    }
    long due = startNanos + (piece + 2) * PIECE_NANOS;
    stage.later(Math.max(0, due - System.nanoTime()), () -> send(opened, piece + 1));
  }

  /** How late the latest piece was sent. */
  double latestMillis() {
    long latest = 0;
    for (int i = 0; i < sentNanos.length; i++) {
      latest = Math.max(latest, sentNanos[i] - startNanos - (i + 1) * PIECE_NANOS);
    }
    return latest / 1e6;
  }

  @Override
  public void onNext(StreamingRecognizeResponse event) {
    long now = System.nanoTime();
    if (event.hasResult()) {
      resultNanos.add(now);
      if (event.getResult().getIsFinal()) {
        finalNanos.add(now);
      }
    } else if (event.hasSpeech()
        && event.getSpeech().getType() == SpeechEvent.Type.TYPE_SPEECH_STOPPED) {
      stoppedMs.add((long) event.getSpeech().getOffsetMs());
    }
  }

  @Override
  public void onError(Throwable failure) {
    LOG.log(Level.WARNING, "a live stream failed", failure);
    end.complete(false);
  }

  @Override
  public void onCompleted() {
    end.complete(true);
  }
}
