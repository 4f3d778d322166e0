package dev.parley.gpu.codec;

import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.ffmpeg.global.avcodec;
import org.jspecify.annotations.Nullable;

/** The codings that are decoded, each by one decoder of FFmpeg; no other is ever opened. */
final class Decoders {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(avcodec.AV_CODEC_ID_MP3, "mp3float"),
          Map.entry(avcodec.AV_CODEC_ID_AAC, "aac"),
          Map.entry(avcodec.AV_CODEC_ID_OPUS, "opus"),
          Map.entry(avcodec.AV_CODEC_ID_VORBIS, "vorbis"),
          Map.entry(avcodec.AV_CODEC_ID_FLAC, "flac"),
          Map.entry(avcodec.AV_CODEC_ID_ADPCM_MS, "adpcm_ms"),
          Map.entry(avcodec.AV_CODEC_ID_ADPCM_IMA_WAV, "adpcm_ima_wav"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_U8, "pcm_u8"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S8, "pcm_s8"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S16LE, "pcm_s16le"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S16BE, "pcm_s16be"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S24LE, "pcm_s24le"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S24BE, "pcm_s24be"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S32LE, "pcm_s32le"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_S32BE, "pcm_s32be"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_F32LE, "pcm_f32le"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_F32BE, "pcm_f32be"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_F64LE, "pcm_f64le"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_F64BE, "pcm_f64be"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_MULAW, "pcm_mulaw"),
          Map.entry(avcodec.AV_CODEC_ID_PCM_ALAW, "pcm_alaw"));

  /** All names, as FFmpeg takes a list of what it may open. */
  static final String ALLOWED = String.join(",", new TreeSet<>(NAMES.values()));

  private Decoders() {}

  /** The decoder of a coding; null where it is not read here. */
  static @Nullable String of(int codec) {
    return NAMES.get(codec);
  }
}
