package dev.parley.core.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A coding of sound with its container. */
public enum AudioEncoding {
  /** Headerless signed 16-bit little-endian samples, channels interleaved. */
  PCM_S16LE("pcm", "audio/pcm"),
  /** Headerless 32-bit little-endian floats, full scale 1, channels interleaved. */
  PCM_F32LE("pcm_f32le", "audio/pcm"),
  /** Headerless G.711 mu-law. */
  MULAW("mulaw", "audio/basic"),
  /** Headerless G.711 A-law. */
  ALAW("alaw", "audio/x-alaw-basic"),
  /** RIFF WAVE, written as 16-bit integers. */
  WAV("wav", "audio/wav"),
  FLAC("flac", "audio/flac"),
  MP3("mp3", "audio/mpeg"),
  /** Opus in Ogg. */
  OGG_OPUS("opus", "audio/ogg"),
  /** Opus in WebM. */
  WEBM_OPUS("webm", "audio/webm"),
  /** AAC in ADTS frames. */
  AAC_ADTS("aac", "audio/aac"),
  /** AAC in fragmented MP4. */
  MP4_AAC("m4a", "audio/mp4");

  private final String wireName;
  private final String mediaType;

  AudioEncoding(String wireName, String mediaType) {
    this.wireName = wireName;
    this.mediaType = mediaType;
  }

  /** How callers of JSON routes spell it. */
  public String wireName() {
    return wireName;
  }

  /** The encoding of that name, by any of its spellings. */
  public static Optional<AudioEncoding> byName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            encoding -> encoding.wireName.equals(lower) || encoding.otherNames().contains(lower))
        .findFirst();
  }

  private List<String> otherNames() {
    return switch (this) {
      case PCM_S16LE -> List.of("pcm_s16le", "s16le");
      case PCM_F32LE -> List.of("f32le");
      case MULAW -> List.of("ulaw", "g711_ulaw", "pcmu");
      case ALAW -> List.of("g711_alaw", "pcma");
      case WAV -> List.of("wave");
      case FLAC -> List.of();
      case MP3 -> List.of("mpeg");
      case OGG_OPUS -> List.of("ogg_opus", "ogg");
      case WEBM_OPUS -> List.of("webm_opus");
      case AAC_ADTS -> List.of("aac_adts", "adts");
      case MP4_AAC -> List.of("mp4", "mp4_aac");
    };
  }

  /** The names that callers may use, the usual spelling of each. */
  public static Stream<String> wireNames() {
    return Arrays.stream(values()).map(AudioEncoding::wireName);
  }

  /** Whether the bytes do not tell their own rate and channels. */
  public boolean isHeaderless() {
    return switch (this) {
      case PCM_S16LE, PCM_F32LE, MULAW, ALAW -> true;
      case WAV, FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC -> false;
    };
  }

  /** The media type of such bytes at this rate; headerless sound tells its rate and channels. */
  public String mediaType(int sampleRateHz, int channels) {
    return isHeaderless()
        ? mediaType + ";rate=" + sampleRateHz + (channels == 1 ? "" : ";channels=" + channels)
        : mediaType;
  }
}
