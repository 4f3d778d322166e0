package dev.parley.hub.media.model;

import java.net.URI;

/**
 * A published file of a model, identified by its content.
 *
 * @param id for callers and messages
 * @param fileName its place below the folder of models, with slashes
 * @param address where it is published; of a member of an archive, where the archive is
 * @param bytes its exact size
 * @param sha256 in lower-case hexadecimal digits
 * @param licence short name, as published
 */
public record ModelFile(
    String id, String fileName, URI address, long bytes, String sha256, String licence) {

  public ModelFile {
    if (!fileName.matches("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")) {
      throw new IllegalArgumentException("file name: " + fileName + " (expected: a plain path)");
    }
    if (bytes < 1 || bytes > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: 1.." + (1L << 31) + ")");
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256: " + sha256 + " (expected: 64 digits)");
    }
  }
}
