package dev.parley.gpu.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.gpu.vad.Labelled.Clip;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import dev.parley.gpu.vad.segment.Segments;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures of each detector on the labelled recordings, beside those of the reference. */
class DetectorQualityTest {

  /** What rounding and another front end may change. */
  private static final double TOLERANCE = 0.003;

  private final Detectors detectors = new Detectors();

  @AfterEach
  void close() {
    detectors.close();
  }

  @Test
  void silero6IsWhatItIsKnownToBe() {
    SpeechDetector detector = detectors.silero();
    expect(detector, Labelled.ten(), 0.959, 0.937);
    expect(detector, Labelled.ami(), 0.980, 0.866);
    expectSilence(detector, 0);
  }

  @Test
  void silero5IsWhatItIsKnownToBe() {
    SpeechDetector detector = detectors.sileroV5();
    expect(detector, Labelled.ten(), 0.918, 0.889);
    expect(detector, Labelled.ami(), 0.965, 0.849);
  }

  @Test
  void fireRedForStreamsIsWhatItIsKnownToBe() {
    SpeechDetector detector = detectors.fireRedStream();
    expect(detector, Labelled.ten(), 0.951, 0.925);
    expect(detector, Labelled.ami(), 0.952, 0.827);
  }

  @Test
  void fireRedForWholeSignalsIsWhatItIsKnownToBe() {
    SpeechDetector detector = detectors.fireRed();
    expect(detector, Labelled.ten(), 0.965, 0.936);
    expect(detector, Labelled.ami(), 0.974, 0.832);
  }

  @Test
  void twoTogetherAreBetterThanEither() {
    SpeechDetector detector = detectors.accurate();
    Scores ten = Scores.of(detector, Labelled.ten());
    System.out.println(detector.name() + " TEN " + ten);
    assertThat(ten.auc()).isGreaterThanOrEqualTo(0.974);
    assertThat(ten.f1()).isGreaterThanOrEqualTo(0.948);
    Scores ami = Scores.of(detector, Labelled.ami());
    System.out.println(detector.name() + " AMI " + ami);
    assertThat(ami.auc()).isGreaterThanOrEqualTo(0.983);
    expectSilence(detector, 0);
  }

  @Test
  void theBuiltInIsBetterThanEnergyAndStaysSilent() {
    try (SpeechDetector detector = SpeechDetectors.builtIn()) {
      Scores ten = Scores.of(detector, Labelled.ten());
      System.out.println(detector.name() + " TEN " + ten);
      Scores ami = Scores.of(detector, Labelled.ami());
      System.out.println(detector.name() + " AMI " + ami);
      // Energy has 0.796, WebRTC's detector 0.732.
      assertThat(ten.auc()).isGreaterThanOrEqualTo(0.905);
      assertThat(ami.auc()).isGreaterThanOrEqualTo(0.83);
      expectSilence(detector, 0.03);
    }
  }

  private static void expect(SpeechDetector detector, List<Clip> clips, double auc, double f1) {
    Scores scores = Scores.of(detector, clips);
    System.out.println(detector.name() + " " + clips.getFirst().name() + " " + scores);
    assertThat(scores.auc()).as(scores.toString()).isCloseTo(auc, within(TOLERANCE));
    assertThat(scores.f1()).as(scores.toString()).isCloseTo(f1, within(TOLERANCE));
  }

  private static void expectSilence(SpeechDetector detector, double falseAlarmsMost) {
    Scores scores = Scores.of(detector, Labelled.noise());
    System.out.println(detector.name() + " noise " + scores);
    assertThat(scores.falseAlarms()).isLessThanOrEqualTo(falseAlarmsMost);
    for (Clip clip : Labelled.noise()) {
      assertThat(
              Segments.of(
                  Scores.probabilities(detector, clip),
                  detector.chunkSamples(),
                  clip.samples().length,
                  SegmentationSettings.REFERENCE))
          .as(clip.name())
          .isEmpty();
    }
  }
}
