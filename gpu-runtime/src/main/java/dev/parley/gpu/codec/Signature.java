package dev.parley.gpu.codec;

import java.util.List;

/**
 * First bytes of what people send in place of audio that is read here, so that they can be told.
 *
 * @param at where the bytes stand
 * @param bytes one character a byte
 * @param name with an article; what begins with "audio" is sound of another kind
 */
record Signature(int at, String bytes, String name) {

  static final List<Signature> KNOWN =
      List.of(
          new Signature(0, "%PDF", "a PDF"),
          new Signature(0, "PK\u0003\u0004", "a ZIP archive"),
          new Signature(0, "\u001F\u008B", "gzip-compressed data"),
          new Signature(0, "7z\u00BC\u00AF", "a 7z archive"),
          new Signature(0, "Rar!", "a RAR archive"),
          new Signature(0, "\u0089PNG", "a PNG image"),
          new Signature(0, "\u00FF\u00D8\u00FF", "a JPEG image"),
          new Signature(0, "GIF8", "a GIF image"),
          new Signature(0, "BM", "a BMP image"),
          new Signature(8, "WEBP", "a WebP image"),
          new Signature(8, "AVI ", "an AVI video"),
          new Signature(0, "FLV\u0001", "a Flash video"),
          new Signature(0, "\u0000\u0000\u0001\u00BA", "an MPEG program stream"),
          new Signature(0, "MThd", "a MIDI file"),
          new Signature(0, "#EXTM3U", "a playlist"),
          new Signature(0, "[playlist]", "a playlist"),
          new Signature(0, "ffconcat", "a playlist"),
          new Signature(0, "<", "a web page or XML"),
          new Signature(0, "{", "JSON"),
          new Signature(0, ".snd", "audio of Sun AU"),
          new Signature(0, "caff", "audio of Apple CAF"),
          new Signature(0, "#!AMR", "audio of AMR"),
          new Signature(0, "0&\u00B2u\u008Ef\u00CF\u0011", "audio of Windows Media"),
          new Signature(0, "wvpk", "audio of WavPack"),
          new Signature(0, "MAC ", "audio of Monkey's Audio"),
          new Signature(0, "TTA1", "audio of True Audio"),
          new Signature(0, "riff.\u0091\u00CF\u0011", "audio of Wave64"),
          new Signature(0, "DSD ", "audio of DSD"),
          new Signature(0, "\u000Bw", "audio of AC-3"));
}
