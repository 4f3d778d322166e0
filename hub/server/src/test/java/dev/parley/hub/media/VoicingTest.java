package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VoicingTest {

  private static final int RATE = 24_000;
  private static final AudioFormat PCM = AudioFormat.of(AudioEncoding.PCM_S16LE, RATE, 1);
  private static final Joint PAUSE = Joint.joined(250);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource(
      value = AudioEncoding.class,
      names = {"PCM_S16LE", "WAV"})
  void wholeSoundStaysBitForBit(AudioEncoding encoding) throws Exception {
    byte[] sound = pcm(joined(silence(300), speech(500, 0.4), silence(77)));
    try (Voicing voicing = Voicing.of(AudioFormat.UNSTATED, 0)) {
      voicing.begin(AudioFormat.of(encoding, RATE, 1), 1, Joint.WHOLE);
      byte[] sent = encoding == AudioEncoding.WAV ? wav(sound) : sound;
      for (int at = 0; at < sent.length; at += 777) {
        voicing.sound(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + 777)));
        assertThat(voicing.isLight()).isTrue();
        drain(voicing);
      }
      voicing.end();
      voicing.finish();
      drain(voicing);
      assertThat(voicing.format()).contains(PCM);
    }
    assertThat(out.toByteArray()).isEqualTo(sound);
  }

  @Test
  void leavesOutSilenceAroundUtterancesAndPutsThePauseBetween() throws Exception {
    float[] one = speech(400, 0.4);
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      speak(voicing, PAUSE, joined(silence(700), one, silence(900)));
      speak(voicing, PAUSE, joined(silence(330), one, silence(5)));
      voicing.finish();
      drain(voicing);
      assertThat(voicing.secondsOut()).isCloseTo(0.4 + 0.25 + 0.4 + 0.03, within(0.03));
    }
    float[] heard = samples();
    assertThat(ms(firstSound(heard, 0))).isLessThanOrEqualTo(21);
    int end = firstSilence(heard, firstSound(heard, 0));
    int next = firstSound(heard, end);
    assertThat(ms(next - end)).isCloseTo(250, within(21.0));
    assertThat(largestStep(heard)).isLessThanOrEqualTo(1.02f * largestStep(one));
  }

  @Test
  void softOnsetsAreKept() throws Exception {
    float[] hiss = noise(60, 0.004);
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      speak(voicing, PAUSE, joined(silence(200), hiss, speech(300, 0.4), hiss, silence(300)));
      voicing.finish();
      drain(voicing);
      assertThat(voicing.secondsOut()).isBetween(0.42, 0.47);
    }
  }

  @Test
  void aPauseWithinAnUtteranceStays() throws Exception {
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      speak(voicing, PAUSE, joined(speech(200, 0.4), silence(1_500), speech(200, 0.4)));
      assertThat(voicing.secondsOut()).isCloseTo(1.9, within(0.001));
    }
  }

  @Test
  void endlessSilenceIsNotHeldForLongerThanTwoSeconds() throws Exception {
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      voicing.begin(PCM, 1, PAUSE);
      voicing.sound(pcm(joined(speech(200, 0.4), silence(10_000))));
      assertThat(voicing.secondsOut()).isCloseTo(8.2, within(0.05));
      voicing.end();
      assertThat(voicing.secondsOut()).isCloseTo(8.2, within(0.05));
    }
  }

  @Test
  void anUtteranceThatBreaksOffFadesOutAndTheNextFollows() throws Exception {
    float[] one = speech(1_000, 0.4);
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      voicing.begin(PCM, 1, PAUSE);
      voicing.sound(pcm(one));
      voicing.breakOff();
      speak(voicing, PAUSE, one);
      voicing.finish();
      drain(voicing);
      assertThat(voicing.secondsOut()).isCloseTo(0.995 + 0.25 + 1.0, within(0.02));
    }
    assertThat(largestStep(samples())).isLessThanOrEqualTo(1.02f * largestStep(one));
  }

  @Test
  void anotherBackendGoesOnWhereTheFirstBrokeOff() throws Exception {
    // Two words with a gap from 700 to 800 ms; the first backend breaks off at 950.
    float[] words = joined(speech(700, 0.4), silence(100), speech(900, 0.4));
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      voicing.begin(PCM, 1, PAUSE);
      voicing.sound(pcm(Arrays.copyOf(words, RATE * 950 / 1_000)));
      voicing.breakOff();
      double left = voicing.secondsOut();
      assertThat(left).isCloseTo(0.94, within(0.011));
      voicing.resume(PCM, 1);
      voicing.sound(pcm(joined(silence(100), words)));
      voicing.end();
      voicing.finish();
      drain(voicing);
      // It begins again in the gap, between 700 and 800 ms, and not with the first word.
      assertThat(voicing.secondsOut()).isBetween(left + 0.78, left + 0.93);
    }
    assertThat(largestStep(samples())).isLessThanOrEqualTo(1.05f * largestStep(words));
  }

  @Test
  void whatBreaksOffBeforeAnyOfItLeftBeginsAnew() throws Exception {
    float[] one = speech(300, 0.4);
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      speak(voicing, PAUSE, one);
      voicing.begin(PCM, 1, PAUSE);
      voicing.sound(pcm(silence(500)));
      voicing.breakOff();
      voicing.resume(PCM, 1);
      voicing.sound(pcm(one));
      voicing.end();
      assertThat(voicing.secondsOut()).isCloseTo(0.85, within(0.011));
    }
  }

  @ParameterizedTest
  @EnumSource(AudioEncoding.class)
  void everyCodingIsOneStreamThatCanBeHeardUpToEachSegment(AudioEncoding encoding)
      throws Exception {
    AudioFormat wanted = new AudioFormat(Optional.of(encoding), 0, 0, 0);
    float[] one = speech(600, 0.4);
    try (Voicing voicing = Voicing.of(wanted, 0)) {
      voicing.begin(PCM, 1, PAUSE);
      voicing.sound(pcm(Arrays.copyOf(one, RATE * 3 / 10)));
      drain(voicing);
      AudioFormat format = voicing.format().orElseThrow();
      assertThat(heardSeconds(format))
          .isGreaterThan(encoding == AudioEncoding.MP4_AAC ? 0.08 : 0.12);
      voicing.sound(pcm(Arrays.copyOfRange(one, RATE * 3 / 10, one.length)));
      voicing.end();
      voicing.endSegment();
      drain(voicing);
      double first = voicing.secondsOut();
      assertThat(heardSeconds(format)).isGreaterThanOrEqualTo(0.6);
      assertThat(voicing.segmentSeconds()).isZero();
      speak(voicing, PAUSE, one);
      voicing.finish();
      drain(voicing);
      // What filled up a frame is part of the pause.
      assertThat(voicing.secondsOut()).isCloseTo(1.45, within(0.011));
      assertThat(voicing.segmentSeconds()).isCloseTo(voicing.secondsOut() - first, within(1e-6));
      assertThat(heardSeconds(format)).isBetween(1.44, 1.62);
    }
  }

  @ParameterizedTest
  @EnumSource(AudioEncoding.class)
  void readsWhatBackendsSend(AudioEncoding encoding) throws Exception {
    float[] one = speech(500, 0.4);
    byte[] sent;
    AudioFormat format;
    try (Voicing coder = Voicing.of(new AudioFormat(Optional.of(encoding), 0, 0, 0), 0)) {
      speak(coder, Joint.WHOLE, one);
      coder.finish();
      drain(coder);
      sent = out.toByteArray();
      format = coder.format().orElseThrow();
      out.reset();
    }
    try (Voicing voicing = Voicing.of(AudioFormat.of(AudioEncoding.PCM_S16LE, 16_000, 1), 0)) {
      voicing.begin(format, 1, Joint.WHOLE);
      for (int at = 0; at < sent.length; at += 100) {
        voicing.sound(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + 100)));
      }
      voicing.end();
      assertThat(voicing.secondsOut()).isCloseTo(0.57, within(0.08));
    }
  }

  @Test
  void changesSpeedRateChannelsAndLevel() throws Exception {
    try (Voicing voicing =
        Voicing.of(AudioFormat.of(AudioEncoding.PCM_S16LE, 16_000, 2), -6.0206)) {
      voicing.begin(PCM, 2, Joint.WHOLE);
      voicing.sound(pcm(speech(1_000, 0.4)));
      assertThat(voicing.isLight()).isFalse();
      voicing.end();
      voicing.finish();
      drain(voicing);
      assertThat(voicing.secondsOut()).isCloseTo(0.5, within(0.001));
      assertThat(out.size()).isEqualTo(2 * 2 * 8_000);
    }
    assertThat(largest(samples())).isBetween(0.12f, 0.24f);
  }

  @Test
  void tellsWhereAMomentOfAnUtteranceIs() throws Exception {
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      speak(voicing, PAUSE, speech(400, 0.4));
      voicing.endSegment();
      voicing.begin(PCM, 1, PAUSE);
      assertThat(voicing.secondsInSegment(0)).isEmpty();
      voicing.sound(pcm(joined(silence(200), speech(400, 0.4))));
      // The word begins after 200 ms of its own sound, and 250 ms after the segment's start.
      assertThat(voicing.secondsInSegment(0.2).orElseThrow()).isCloseTo(0.25, within(0.011));
      assertThat(voicing.secondsInSegment(0.3).orElseThrow()).isCloseTo(0.35, within(0.011));
    }
  }

  @Test
  void piecesOfPlainSamplesAreShortAndSayWhereTheyAre() throws Exception {
    try (Voicing voicing = Voicing.of(AudioFormat.of(AudioEncoding.WAV, RATE, 1), 0)) {
      voicing.begin(PCM, 1, Joint.WHOLE);
      voicing.sound(pcm(speech(1_000, 0.4)));
      long bytes = 0;
      while (voicing.hasBytes()) {
        Piece piece = voicing.take();
        assertThat(piece.data().length).isLessThanOrEqualTo(RATE / 10 * 2 + 44);
        assertThat(piece.offsetMs()).isEqualTo(Math.max(0, bytes - 44) * 1_000 / 2 / RATE);
        bytes += piece.data().length;
      }
    }
  }

  @Test
  void junkIsTheBackendsFaultAndTheStreamGoesOn() throws Exception {
    byte[] page = "<html>it is not well</html>".getBytes(StandardCharsets.UTF_8);
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      for (AudioEncoding encoding :
          new AudioEncoding[] {AudioEncoding.WAV, AudioEncoding.MP3, AudioEncoding.FLAC}) {
        voicing.begin(new AudioFormat(Optional.of(encoding), 0, 0, 0), 1, PAUSE);
        assertThatThrownBy(
                () -> {
                  voicing.sound(page);
                  voicing.end();
                })
            .isInstanceOf(UnreadableSoundException.class)
            .hasMessageNotContaining("html");
        voicing.breakOff();
      }
      speak(voicing, PAUSE, speech(300, 0.4));
      assertThat(voicing.secondsOut()).isCloseTo(0.3, within(0.011));
    }
  }

  @Test
  void soundWithoutSamplesIsNoFailure() throws Exception {
    try (Voicing voicing = Voicing.of(AudioFormat.of(AudioEncoding.WAV, 0, 0), 0)) {
      for (AudioEncoding encoding : AudioEncoding.values()) {
        voicing.begin(AudioFormat.of(encoding, RATE, 1), 1, Joint.WHOLE);
        voicing.end();
      }
      voicing.begin(AudioFormat.of(AudioEncoding.WAV, RATE, 1), 1, Joint.WHOLE);
      voicing.sound(wav(new byte[0]));
      voicing.end();
      voicing.endSegment();
      voicing.finish();
      drain(voicing);
      assertThat(voicing.framesOut()).isZero();
    }
    assertThat(out.size()).isEqualTo(44);
  }

  @Test
  void keepsNoMoreThanSixteenMebibytesOfAnUtterance() throws Exception {
    try (Voicing voicing = Voicing.of(PCM, 0)) {
      voicing.begin(AudioFormat.of(AudioEncoding.MP3, 0, 0), 1, PAUSE);
      voicing.sound(new byte[16 << 20]);
      assertThatThrownBy(() -> voicing.sound(new byte[1]))
          .isInstanceOf(UnreadableSoundException.class)
          .hasMessageContaining("16 MiB");
    }
  }

  @Test
  void refusesAtOnceWhatTheEncodingCannotHave() {
    assertThatThrownBy(() -> Voicing.of(AudioFormat.of(AudioEncoding.MP3, 96_000, 1), 0))
        .isInstanceOf(HubException.class);
  }

  private void speak(Voicing voicing, Joint joint, float[] sound) throws Exception {
    voicing.begin(PCM, 1, joint);
    byte[] bytes = pcm(sound);
    for (int at = 0; at < bytes.length; at += 1_001) {
      voicing.sound(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1_001)));
      drain(voicing);
    }
    voicing.end();
    drain(voicing);
  }

  private void drain(Voicing voicing) {
    while (voicing.hasBytes()) {
      out.writeBytes(voicing.take().data());
    }
  }

  /** How much sound the bytes so far are, as a decoder tells. */
  private double heardSeconds(AudioFormat format) throws Exception {
    try (Reader reader = Reader.open(Sound.of(out.toByteArray(), format))) {
      while (reader.next() >= 0) {
        // Only counted.
      }
      return (double) reader.frames() / reader.rateHz();
    }
  }

  private float[] samples() {
    ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.remaining() / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() * 0x1p-15f;
    }
    return samples;
  }

  private static double ms(int frames) {
    return frames * 1_000.0 / RATE;
  }

  private static int firstSound(float[] samples, int from) {
    int at = from;
    while (Math.abs(samples[at]) < 0.02f) {
      at++;
    }
    return at;
  }

  /** Where 50 ms without sound begin. */
  private static int firstSilence(float[] samples, int from) {
    int quiet = 0;
    int at = from;
    while (quiet < RATE / 20) {
      quiet = Math.abs(samples[at++]) < 0.02f ? quiet + 1 : 0;
    }
    return at - quiet;
  }

  private static float largestStep(float[] samples) {
    float largest = 0;
    for (int i = 1; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
    }
    return largest;
  }

  private static float largest(float[] samples) {
    float largest = 0;
    for (float sample : samples) {
      largest = Math.max(largest, Math.abs(sample));
    }
    return largest;
  }

  private static float[] silence(int ms) {
    return new float[RATE * ms / 1_000];
  }

  private static float[] noise(int ms, double level) {
    Random random = new Random(3);
    float[] noise = new float[RATE * ms / 1_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (level * random.nextGaussian());
    }
    return noise;
  }

  /** A buzz with overtones, whole periods of it. */
  private static float[] speech(int ms, double level) {
    float[] speech = new float[RATE * ms / 1_000];
    for (int i = 0; i < speech.length; i++) {
      double turn = 2 * Math.PI * 200 * i / RATE;
      speech[i] = (float) (level * (Math.sin(turn) + 0.3 * Math.sin(3 * turn)));
    }
    return speech;
  }

  private static float[] joined(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static byte[] pcm(float[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putShort((short) Math.round(sample * 0x1p15f));
    }
    return bytes.array();
  }

  /** Of a length that nobody knows. */
  private static byte[] wav(byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(0).put(data);
    return file.array();
  }
}
