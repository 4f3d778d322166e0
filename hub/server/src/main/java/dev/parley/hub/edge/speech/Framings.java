package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.http.ServerSentEvents;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The bodies that speech is sent in. */
final class Framings {

  private Framings() {}

  /** The bytes as they are. */
  static final class Bytes implements Framing {
    private final String fileName;

    /**
     * @param fileName what a browser would call the file; empty: not said
     */
    Bytes(String fileName) {
      this.fileName = fileName;
    }

    @Override
    public ResponseHeadersBuilder head(AudioFormat format) {
      ResponseHeadersBuilder head =
          ResponseHeaders.builder(HttpStatus.OK)
              .set(
                  HttpHeaderNames.CONTENT_TYPE,
                  format
                      .encoding()
                      .map(encoding -> encoding.mediaType(format.sampleRateHz(), format.channels()))
                      .orElse("application/octet-stream"));
      if (!fileName.isEmpty()) {
        head.set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"");
      }
      return head;
    }

    @Override
    public HttpData sound(byte[] bytes) {
      return HttpData.wrap(bytes);
    }

    @Override
    public HttpData closing(SpeechUsage usage) {
      return HttpData.empty();
    }
  }

  /** Server-sent events as OpenAI has them. */
  static final class Events implements Framing {
    @Override
    public ResponseHeadersBuilder head(AudioFormat format) {
      return ServerSentEvents.head();
    }

    @Override
    public HttpData sound(byte[] bytes) {
      return ServerSentEvents.event(
          new JsonWriter(bytes.length * 4 / 3 + 64)
              .beginObject()
              .member("type", "speech.audio.delta")
              .member("audio", Base64.getEncoder().encodeToString(bytes))
              .endObject()
              .toBytes());
    }

    @Override
    public HttpData closing(SpeechUsage usage) {
      JsonWriter json = new JsonWriter(160).beginObject().member("type", "speech.audio.done");
      json.name("usage").beginObject();
      json.member("input_tokens", usage.inputTokens());
      json.member("output_tokens", usage.outputTokens());
      json.member("total_tokens", usage.totalTokens()).endObject();
      return ServerSentEvents.event(json.endObject().toBytes());
    }

    @Override
    public Optional<HttpData> failure(ErrorView view) {
      return Optional.of(ServerSentEvents.event(OpenAiErrors.event(view)));
    }

    @Override
    public Optional<HttpData> heartbeat() {
      return Optional.of(ServerSentEvents.COMMENT);
    }
  }

  /**
   * One document with all samples in base64, as Voicebox wants it. Written while the sound comes:
   * nothing of it is collected.
   */
  static final class Document implements Framing {
    private static final int SECONDS_MAX = 600;

    private byte[] left = {};
    private int rateHz;
    private long bytesLeft;

    @Override
    public ResponseHeadersBuilder head(AudioFormat format) {
      rateHz = format.sampleRateHz();
      bytesLeft = (long) rateHz * Float.BYTES * SECONDS_MAX;
      return ResponseHeaders.builder(HttpStatus.OK).contentType(MediaType.JSON);
    }

    @Override
    public HttpData opening() {
      return HttpData.ofAscii("{\"audio\":\"");
    }

    /** Three bytes make four letters; one or two wait for the next ones. */
    @Override
    public HttpData sound(byte[] bytes) {
      bytesLeft -= bytes.length;
      if (bytesLeft < 0) {
        throw new HubException(
            new HubError.TooLarge(
                "the sound of one document",
                SECONDS_MAX + " s of sound",
                (long) rateHz * Float.BYTES * SECONDS_MAX));
      }
      byte[] all = Arrays.copyOf(left, left.length + bytes.length);
      System.arraycopy(bytes, 0, all, left.length, bytes.length);
      int whole = all.length - all.length % 3;
      left = Arrays.copyOfRange(all, whole, all.length);
      return HttpData.wrap(Base64.getEncoder().encode(Arrays.copyOf(all, whole)));
    }

    @Override
    public HttpData closing(SpeechUsage usage) {
      return HttpData.ofAscii(
          Base64.getEncoder().encodeToString(left)
              + "\",\"sample_rate\":"
              + rateHz
              + ",\"dtype\":\"float32\"}");
    }
  }
}
