package dev.parley.hub.bench.kernels;

import dev.parley.gpu.vad.ChunkBatch;
import dev.parley.gpu.vad.DetectorStream;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segmenter;
import dev.parley.hub.bench.kernels.Kit.Executor;
import dev.parley.hub.bench.kernels.Race.Contender;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.List;
import java.util.function.Supplier;

/** How fast detectors are on one core, from 16-bit samples to segments. */
final class VadSpeedRows {

  private static final String SECTION = "VAD, speed of one core (2.5)";
  private static final double NONE = Double.NaN;
  private static final int ROWS = 64;
  private static final int PACKET = 320;

  private final Sheet sheet;
  private final Kit kit;
  private final Race.Pace pace;
  private final Recordings recordings;

  private VadSpeedRows(Sheet sheet, Kit kit, Recordings recordings, KernelsOptions options) {
    this.sheet = sheet;
    this.kit = kit;
    this.recordings = recordings;
    this.pace = Race.Pace.of(options);
  }

  static void add(Sheet sheet, KernelsOptions options, Kit kit, Recordings recordings) {
    VadSpeedRows rows = new VadSpeedRows(sheet, kit, recordings, options);
    rows.single("silero-vad, one stream", kit::silero, 350, 800);
    rows.single("vad-builtin, one stream", kit::builtIn, NONE, NONE);
    rows.batched();
    rows.fireRedStream();
    rows.whole("fireredvad, whole signals", kit::fireRed);
    rows.whole("vad-accurate, whole signals", kit::accurate);
  }

  private void single(
      String name, Supplier<StreamingDetector> detector, double must, double stretch) {
    Goal goal = Goal.atLeast(SECTION, name, "x RT", must, stretch);
    sheet.attempt(
        List.of(goal),
        () -> {
          Signal signal = new Signal(speech());
          StreamingDetector made = detector.get();
          List<List<Double>> laps =
              Race.run(pace, List.of(Contender.of(() -> signal.segments(made))));
          sheet.add(goal, speed(signal.seconds(), laps.getFirst()), List.of());
        });
  }

  private void batched() {
    Goal goal = Goal.atLeast(SECTION, "silero-vad, 64 streams a run", "x RT", 850, 2000);
    sheet.attempt(
        List.of(goal),
        () -> {
          float[] speech = speech();
          StreamingDetector detector = kit.silero();
          int chunk = detector.chunkSamples();
          try (ChunkBatch batch = detector.batch(ROWS)) {
            ChunkBatch.Row[] rows = new ChunkBatch.Row[ROWS];
            for (int i = 0; i < ROWS; i++) {
              rows[i] = batch.open();
            }
            int[] at = new int[1];
            Runnable run =
                () -> {
                  for (ChunkBatch.Row row : rows) {
                    at[0] = (at[0] + chunk) % (speech.length - chunk);
                    System.arraycopy(speech, at[0], row.chunk(), 0, chunk);
                  }
                  batch.run(rows, ROWS);
                };
            List<List<Double>> laps = Race.run(pace, List.of(Contender.of(run)));
            sheet.add(goal, speed(ROWS * chunk / 16_000.0, laps.getFirst()), List.of());
          }
        });
  }

  private void fireRedStream() {
    Goal goal = Goal.told(SECTION, "fireredvad-stream, one stream", "x RT");
    sheet.attempt(
        List.of(goal),
        () -> {
          Signal signal = new Signal(speech());
          StreamingDetector ours = kit.fireRedStream(Executor.OURS);
          StreamingDetector library = kit.fireRedStream(Executor.LIBRARY);
          List<List<Double>> laps =
              Race.run(
                  pace,
                  List.of(
                      Contender.of(() -> signal.segments(ours)),
                      Contender.of(() -> signal.segments(library))));
          Figures theirs = speed(signal.seconds(), laps.get(1));
          sheet.add(
              goal,
              speed(signal.seconds(), laps.get(0)),
              List.of(new Peer("ONNX Runtime", new Measured(theirs))));
        });
  }

  private void whole(String name, Supplier<SpeechDetector> detector) {
    Goal goal = Goal.told(SECTION, name, "x RT");
    sheet.attempt(
        List.of(goal),
        () -> {
          float[] speech = speech();
          SpeechDetector made = detector.get();
          List<List<Double>> laps =
              Race.run(pace, List.of(Contender.of(() -> made.probabilities(speech))));
          sheet.add(goal, speed(speech.length / 16_000.0, laps.getFirst()), List.of());
        });
  }

  private float[] speech() {
    return recordings.samples("speech/en/jfk.wav");
  }

  private static Figures speed(double soundSeconds, List<Double> seconds) {
    return new Figures(seconds.stream().map(s -> soundSeconds / s).toList());
  }

  /** A signal as callers send it, in packets of 20 ms. */
  private static final class Signal {
    private final short[] integers;
    private final float[] packet = new float[PACKET];
    private final float[] found = new float[PACKET];
    private long events;

    private Signal(float[] samples) {
      integers = new short[samples.length];
      for (int i = 0; i < samples.length; i++) {
        integers[i] = (short) Math.round(samples[i] * 32768);
      }
    }

    private double seconds() {
      return integers.length / 16_000.0;
    }

    private void segments(StreamingDetector detector) {
      Segmenter segmenter = new Segmenter(SegmentationSettings.SERVER_VAD, detector.chunkSamples());
      try (DetectorStream stream = detector.open()) {
        for (int at = 0; at + PACKET <= integers.length; at += PACKET) {
          for (int i = 0; i < PACKET; i++) {
            packet[i] = integers[at + i] / 32768f;
          }
          int count = stream.process(packet, 0, PACKET, found, 0);
          for (int i = 0; i < count; i++) {
            segmenter.hear(found[i], event -> events += event.sample());
          }
        }
      }
    }
  }
}
