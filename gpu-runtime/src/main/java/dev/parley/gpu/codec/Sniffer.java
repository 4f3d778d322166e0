package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.EMPTY;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.NOT_AUDIO;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.UNSUPPORTED_CODEC;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells a container from its first bytes, or says what else they are. */
final class Sniffer {

  private static final int CHAIN = 3;
  private static final int TAGS_MAX = 4;
  private static final int SEARCH_BYTES_MAX = 64 << 10;

  private final Lookahead in;
  private final int probeBytesMax;
  private int frameAt = -1;

  Sniffer(Lookahead in, int probeBytesMax) {
    this.in = in;
    this.probeBytesMax = probeBytesMax;
  }

  /** Whether the input begins as a WAV file, which nobody's raw samples do. */
  boolean isWav() throws IOException {
    return in.peek(12) >= 12
        && (matches(0, "RIFF") || matches(0, "RF64") || matches(0, "BW64"))
        && matches(8, "WAVE");
  }

  Container container() throws IOException, UnsupportedAudioException {
    int known = in.peek(12);
    if (known == 0) {
      throw new UnsupportedAudioException(EMPTY, "empty: there is no byte of audio");
    }
    if (isWav() || (known >= 12 && matches(0, "RIFX") && matches(8, "WAVE"))) {
      return Container.WAV;
    }
    if (matches(0, "FORM") && (matches(8, "AIFF") || matches(8, "AIFC"))) {
      return Container.AIFF;
    }
    if (matches(0, "OggS")) {
      return Container.OGG;
    }
    if (matches(0, "\u001AE\u00DF\u00A3")) {
      return Container.MATROSKA;
    }
    if (isMp4()) {
      return Container.MP4;
    }
    int start = behindTags();
    if (start + 4 > probeBytesMax) {
      // Pictures in a tag may be larger than what is looked at; only MP3 has such tags in practice.
      return Container.MP3;
    }
    if (in.peek(start + 4) >= start + 4 && matches(start, "fLaC")) {
      return Container.FLAC;
    }
    Container framed = framed(start);
    if (framed != null) {
      return framed;
    }
    if (start > 0) {
      // A tag that is followed by padding is left to the decoder.
      return Container.MP3;
    }
    throw notAudio();
  }

  /** What the first frame of an MP3 stream, once it is found, tells of the ends of its sound. */
  Trim tagged() throws IOException {
    return frameAt < 0 ? Trim.NONE : Mp3Trim.read(in.head(), in.peek(frameAt), frameAt);
  }

  private boolean isMp4() {
    if (matches(4, "ftyp")) {
      return true;
    }
    return matches(4, "moov")
        || matches(4, "moof")
        || matches(4, "styp")
        || matches(4, "mdat")
        || matches(4, "wide")
        || matches(4, "free")
        || matches(4, "skip");
  }

  /** Where the sound begins behind tags of ID3 version 2, as far as is looked at; 0 without one. */
  private int behindTags() throws IOException {
    int start = 0;
    for (int tags = 0; tags < TAGS_MAX && isTag(start); tags++) {
      byte[] head = in.head();
      int footer = (head[start + 5] & 0x10) == 0 ? 0 : 10;
      int size = 0;
      for (int i = 6; i < 10; i++) {
        size = (size << 7) | (head[start + i] & 0x7F);
      }
      start += 10 + size + footer;
    }
    return start;
  }

  private boolean isTag(int at) throws IOException {
    return at + 10 <= probeBytesMax && in.peek(at + 10) >= at + 10 && matches(at, "ID3");
  }

  /** MP3 or ADTS by a chain of frames that begins in the first bytes behind {@code start}. */
  @Nullable
  private Container framed(int start) throws IOException {
    int end = Math.min(start + SEARCH_BYTES_MAX, probeBytesMax);
    for (int at = start; at < end; at++) {
      if (in.peek(at + SyncWord.HEADER_BYTES) < at + SyncWord.HEADER_BYTES) {
        return null;
      }
      if (in.head()[at] == (byte) 0xFF) {
        for (SyncWord word : SyncWord.values()) {
          if (isChain(word, at, start)) {
            frameAt = at;
            return switch (word) {
              case MP3 -> Container.MP3;
              case ADTS -> Container.ADTS;
            };
          }
        }
      } else if (at == start && !isPlausibleJunk()) {
        return null;
      }
    }
    return null;
  }

  private boolean isPlausibleJunk() {
    return other() == null;
  }

  private boolean isChain(SyncWord word, int first, int start) throws IOException {
    int at = first;
    for (int frames = 0; frames < CHAIN; frames++) {
      boolean hasHeader =
          at + SyncWord.HEADER_BYTES <= probeBytesMax
              && in.peek(at + SyncWord.HEADER_BYTES) >= at + SyncWord.HEADER_BYTES;
      if (!hasHeader) {
        // The input ends within the chain: enough where it stands at the very start.
        return frames >= (first == start ? 1 : 2);
      }
      int length = word.frameBytes(in.head(), at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private UnsupportedAudioException notAudio() throws IOException {
    int known = in.peek(12);
    String other = other();
    if (known < 12 && other == null) {
      return new UnsupportedAudioException(
          TRUNCATED, "truncated: " + known + " bytes are too few for an audio file");
    }
    if (other != null) {
      return new UnsupportedAudioException(
          other.startsWith("audio") ? UNSUPPORTED_CODEC : NOT_AUDIO,
          "not audio that is read here: found " + other + "; " + Container.ACCEPTED);
    }
    return new UnsupportedAudioException(
        NOT_AUDIO,
        "not audio that is read here: "
            + (isZero(known) ? "found only zero bytes" : "the first bytes are of no known kind")
            + "; "
            + Container.ACCEPTED);
  }

  private boolean isZero(int known) {
    for (int i = 0; i < known; i++) {
      if (in.head()[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** What else the bytes are, where that is known. */
  @Nullable
  private String other() {
    for (Signature signature : Signature.KNOWN) {
      if (matches(signature.at(), signature.bytes())) {
        return signature.name();
      }
    }
    return isText() ? "text" : null;
  }

  private boolean isText() {
    int known = Math.min(64, filled());
    for (int i = 0; i < known; i++) {
      int letter = in.head()[i];
      boolean printable = (letter >= ' ' && letter < 127) || letter == '\n' || letter == '\r';
      if (!printable && letter != '\t') {
        return false;
      }
    }
    return known >= 8;
  }

  private int filled() {
    try {
      return in.peek(0);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read for nothing", e);
    }
  }

  private boolean matches(int at, String signature) {
    if (filled() < at + signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if ((in.head()[at + i] & 255) != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
