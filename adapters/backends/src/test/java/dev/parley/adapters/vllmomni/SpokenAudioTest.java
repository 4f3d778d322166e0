package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.content.Tone;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SpokenAudioTest {

  @Property
  void everyPieceOfBase64DecodesAloneAndJoins(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 9) Integer> sizes) {
    SpokenAudio audio = new SpokenAudio(AudioWish.PCM);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    StringBuilder text = new StringBuilder();
    for (int size : sizes) {
      byte[] pcm = Arrays.copyOf(Tone.pcm(5), size * 2);
      sent.writeBytes(pcm);
      String piece = audio.next(Base64.getEncoder().encodeToString(Tone.wav(pcm)));
      assertThat(piece).doesNotContain("=");
      assertThat(Base64.getDecoder().decode(piece).length % 2).isZero();
      text.append(piece);
    }
    text.append(audio.rest());
    assertThat(Base64.getDecoder().decode(text.toString())).isEqualTo(sent.toByteArray());
  }
}
