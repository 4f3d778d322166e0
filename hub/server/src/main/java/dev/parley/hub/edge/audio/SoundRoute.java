package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.KernelName;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Made;
import dev.parley.hub.media.Orders;
import dev.parley.hub.media.Span;
import dev.parley.hub.telemetry.SoundLog;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** A route that takes sound and answers with sound. */
public final class SoundRoute implements HttpService {

  private static final List<String> SOURCE =
      List.of("file", "media", "input_format", "input_sample_rate", "input_channels");
  private static final List<String> TARGET =
      List.of("output_format", "response_format", "sample_rate", "channels", "bitrate");
  private static final double SECONDS_MAX = 1e7;
  private static final double GAIN_DB_MAX = 120;

  private final String call;
  private final SoundLog log;
  private final FormReader forms;
  private final List<String> known;
  private final Function<Form, CompletableFuture<Made>> make;

  private SoundRoute(
      String call,
      SoundLog log,
      FormReader forms,
      List<String> own,
      Function<Form, CompletableFuture<Made>> make) {
    this.call = call;
    this.log = log;
    this.forms = forms;
    this.known = Stream.of(SOURCE, TARGET, own).flatMap(List::stream).toList();
    this.make = make;
  }

  /** Another format: {@code /audio/convert} and {@code /audio/resample}. */
  public static SoundRoute convert(FormReader forms, LocalSound local, SoundLog log) {
    return new SoundRoute(
        "convert",
        log,
        forms,
        List.of("gain_db", "start", "end"),
        form -> {
          Fields fields = form.fields();
          double start = fields.number("start", 0, SECONDS_MAX).orElse(0);
          OptionalDouble end = fields.number("end", 0, SECONDS_MAX);
          if (end.isPresent() && end.getAsDouble() <= start) {
            throw Fields.invalid("end", "" + end.getAsDouble(), "more than start");
          }
          return local.convert(
              new Orders.Convert(
                  form.sound(),
                  fields.wanted(AudioEncoding.WAV),
                  fields.number("gain_db", -GAIN_DB_MAX, GAIN_DB_MAX).orElse(0),
                  new Span(start, end)));
        });
  }

  /** Less noise: {@code /audio/denoise}. */
  public static SoundRoute denoise(FormReader forms, LocalSound local, SoundLog log) {
    return new SoundRoute(
        "denoise",
        log,
        forms,
        List.of("model", "attenuation_limit_db"),
        form -> {
          Fields fields = form.fields();
          return local.denoise(
              new Orders.Denoise(
                  form.sound(),
                  fields.wanted(AudioEncoding.WAV),
                  fields.text("model").orElse(""),
                  fields.number("attenuation_limit_db", 0, 1_000)));
        });
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    SoundAnswer answer =
        new SoundAnswer(
            ctx,
            log.begin(RequestIds.of(ctx), call, Visitors.caller(ctx)).of(AccessLog.visit(ctx)));
    var _ =
        forms
            .read(ctx, req)
            .whenComplete((form, failure) -> {
              if (failure != null) {
                answer.failed(failure);
                return;
              }
              answer.atTheEnd(form::close);
              if (!answer.isOver()) {
                make(answer, form);
              }
            });
    return answer.response();
  }

  private void make(SoundAnswer answer, Form form) {
    CompletableFuture<Made> making;
    try {
      form.fields().refuseOthers(known);
      making = make.apply(form);
    } catch (RuntimeException e) {
      answer.failed(e);
      return;
    }
    var _ =
        making.whenCompleteAsync(
            (made, failure) -> {
              if (failure != null) {
                answer.failed(failure);
              } else if (answer.isOver()) {
                made.pieces().discard();
              } else {
                answer.noted().model(made.model());
                KernelName.tell(answer.ctx(), made.model());
                made.pieces().subscribe(new PieceRelay(answer, head(made.format())));
              }
            },
            answer.ctx().eventLoop());
  }

  static ResponseHeaders head(AudioFormat format) {
    String type =
        format
            .encoding()
            .map(encoding -> encoding.mediaType(format.sampleRateHz(), format.channels()))
            .orElse("application/octet-stream");
    // As it stands: some readers compare it as a text.
    return ResponseHeaders.builder(HttpStatus.OK).set(HttpHeaderNames.CONTENT_TYPE, type).build();
  }
}
