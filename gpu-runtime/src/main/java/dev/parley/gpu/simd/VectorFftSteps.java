package dev.parley.gpu.simd;

import static dev.parley.gpu.simd.ScalarFftSteps.COS_144;
import static dev.parley.gpu.simd.ScalarFftSteps.COS_72;
import static dev.parley.gpu.simd.ScalarFftSteps.HALF_ROOT_2;
import static dev.parley.gpu.simd.ScalarFftSteps.HALF_ROOT_3;
import static dev.parley.gpu.simd.ScalarFftSteps.SIN_144;
import static dev.parley.gpu.simd.ScalarFftSteps.SIN_72;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in the widest vectors of the machine. Columns lie side by side, so a vector holds the
 * same value of neighbouring columns and a twiddle serves all its lanes. The last vector of a row
 * that is no multiple of a vector overlaps the one before it and writes the same values again; rows
 * shorter than a vector go to the scalar form.
 */
final class VectorFftSteps implements FftSteps {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> REVERSE =
      VectorShuffle.iota(SPECIES, LANES - 1, -1, true);
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, i -> i < LANES / 2 ? 2 * i + 1 : 2 * i + 1 - 2 * LANES);
  private static final VectorShuffle<Float> LOW = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.makeZip(SPECIES, 1);

  private final ScalarFftSteps scalar = new ScalarFftSteps();

  @Override
  public void split(float[] in, int offset, int count, float[] re, float[] im) {
    if (count < LANES) {
      scalar.split(in, offset, count, re, im);
      return;
    }
    int last = count - LANES;
    for (int i = 0; i < count; i += LANES) {
      int at = Math.min(i, last);
      FloatVector a = FloatVector.fromArray(SPECIES, in, offset + 2 * at);
      FloatVector b = FloatVector.fromArray(SPECIES, in, offset + 2 * at + LANES);
      a.rearrange(EVEN, b).intoArray(re, at);
      a.rearrange(ODD, b).intoArray(im, at);
    }
  }

  @Override
  public void join(float[] re, float[] im, int count, float[] out, int offset) {
    if (count < LANES) {
      scalar.join(re, im, count, out, offset);
      return;
    }
    int last = count - LANES;
    for (int i = 0; i < count; i += LANES) {
      int at = Math.min(i, last);
      FloatVector a = FloatVector.fromArray(SPECIES, re, at);
      FloatVector b = FloatVector.fromArray(SPECIES, im, at);
      a.rearrange(LOW, b).intoArray(out, offset + 2 * at);
      a.rearrange(HIGH, b).intoArray(out, offset + 2 * at + LANES);
    }
  }

  @Override
  public void stage(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    if (stage.stride() < LANES) {
      scalar.stage(stage, xr, xi, yr, yi);
      return;
    }
    switch (stage.radix()) {
      case 2 -> radix2(stage, xr, xi, yr, yi);
      case 3 -> radix3(stage, xr, xi, yr, yi);
      case 4 -> radix4(stage, xr, xi, yr, yi);
      case 5 -> radix5(stage, xr, xi, yr, yi);
      case 8 -> radix8(stage, xr, xi, yr, yi);
      default -> throw new IllegalArgumentException("radix: " + stage.radix());
    }
  }

  private static void radix2(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    int last = s - LANES;
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      for (int q = 0; q < s; q += LANES) {
        int column = Math.min(q, last);
        int i = s * p + column;
        int o = 2 * s * p + column;
        FloatVector ar = FloatVector.fromArray(SPECIES, xr, i);
        FloatVector ai = FloatVector.fromArray(SPECIES, xi, i);
        FloatVector br = FloatVector.fromArray(SPECIES, xr, i + part);
        FloatVector bi = FloatVector.fromArray(SPECIES, xi, i + part);
        ar.add(br).intoArray(yr, o);
        ai.add(bi).intoArray(yi, o);
        store(yr, yi, o + s, ar.sub(br), ai.sub(bi), w, 2 * p);
      }
    }
  }

  private static void radix3(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    int last = s - LANES;
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      for (int q = 0; q < s; q += LANES) {
        int column = Math.min(q, last);
        int i = s * p + column;
        int o = 3 * s * p + column;
        FloatVector ar = FloatVector.fromArray(SPECIES, xr, i);
        FloatVector ai = FloatVector.fromArray(SPECIES, xi, i);
        FloatVector br = FloatVector.fromArray(SPECIES, xr, i + part);
        FloatVector bi = FloatVector.fromArray(SPECIES, xi, i + part);
        FloatVector cr = FloatVector.fromArray(SPECIES, xr, i + 2 * part);
        FloatVector ci = FloatVector.fromArray(SPECIES, xi, i + 2 * part);
        FloatVector sumR = br.add(cr);
        FloatVector sumI = bi.add(ci);
        FloatVector vr = br.sub(cr).mul(HALF_ROOT_3);
        FloatVector vi = bi.sub(ci).mul(HALF_ROOT_3);
        FloatVector ur = ar.sub(sumR.mul(0.5f));
        FloatVector ui = ai.sub(sumI.mul(0.5f));
        ar.add(sumR).intoArray(yr, o);
        ai.add(sumI).intoArray(yi, o);
        store(yr, yi, o + s, ur.add(vi), ui.sub(vr), w, 4 * p);
        store(yr, yi, o + 2 * s, ur.sub(vi), ui.add(vr), w, 4 * p + 2);
      }
    }
  }

  private static void radix4(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    int last = s - LANES;
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      for (int q = 0; q < s; q += LANES) {
        int column = Math.min(q, last);
        int i = s * p + column;
        int o = 4 * s * p + column;
        FloatVector ar = FloatVector.fromArray(SPECIES, xr, i);
        FloatVector ai = FloatVector.fromArray(SPECIES, xi, i);
        FloatVector br = FloatVector.fromArray(SPECIES, xr, i + part);
        FloatVector bi = FloatVector.fromArray(SPECIES, xi, i + part);
        FloatVector cr = FloatVector.fromArray(SPECIES, xr, i + 2 * part);
        FloatVector ci = FloatVector.fromArray(SPECIES, xi, i + 2 * part);
        FloatVector dr = FloatVector.fromArray(SPECIES, xr, i + 3 * part);
        FloatVector di = FloatVector.fromArray(SPECIES, xi, i + 3 * part);
        FloatVector apcR = ar.add(cr);
        FloatVector apcI = ai.add(ci);
        FloatVector amcR = ar.sub(cr);
        FloatVector amcI = ai.sub(ci);
        FloatVector bpdR = br.add(dr);
        FloatVector bpdI = bi.add(di);
        FloatVector bmdR = br.sub(dr);
        FloatVector bmdI = bi.sub(di);
        apcR.add(bpdR).intoArray(yr, o);
        apcI.add(bpdI).intoArray(yi, o);
        store(yr, yi, o + s, amcR.add(bmdI), amcI.sub(bmdR), w, 6 * p);
        store(yr, yi, o + 2 * s, apcR.sub(bpdR), apcI.sub(bpdI), w, 6 * p + 2);
        store(yr, yi, o + 3 * s, amcR.sub(bmdI), amcI.add(bmdR), w, 6 * p + 4);
      }
    }
  }

  private static void radix5(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    int last = s - LANES;
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      for (int q = 0; q < s; q += LANES) {
        int column = Math.min(q, last);
        int i = s * p + column;
        int o = 5 * s * p + column;
        FloatVector ar = FloatVector.fromArray(SPECIES, xr, i);
        FloatVector ai = FloatVector.fromArray(SPECIES, xi, i);
        FloatVector br = FloatVector.fromArray(SPECIES, xr, i + part);
        FloatVector bi = FloatVector.fromArray(SPECIES, xi, i + part);
        FloatVector cr = FloatVector.fromArray(SPECIES, xr, i + 2 * part);
        FloatVector ci = FloatVector.fromArray(SPECIES, xi, i + 2 * part);
        FloatVector dr = FloatVector.fromArray(SPECIES, xr, i + 3 * part);
        FloatVector di = FloatVector.fromArray(SPECIES, xi, i + 3 * part);
        FloatVector er = FloatVector.fromArray(SPECIES, xr, i + 4 * part);
        FloatVector ei = FloatVector.fromArray(SPECIES, xi, i + 4 * part);
        FloatVector t1r = br.add(er);
        FloatVector t1i = bi.add(ei);
        FloatVector t2r = cr.add(dr);
        FloatVector t2i = ci.add(di);
        FloatVector t3r = br.sub(er);
        FloatVector t3i = bi.sub(ei);
        FloatVector t4r = cr.sub(dr);
        FloatVector t4i = ci.sub(di);
        FloatVector m1r = ar.add(t1r.mul(COS_72)).add(t2r.mul(COS_144));
        FloatVector m1i = ai.add(t1i.mul(COS_72)).add(t2i.mul(COS_144));
        FloatVector m2r = ar.add(t1r.mul(COS_144)).add(t2r.mul(COS_72));
        FloatVector m2i = ai.add(t1i.mul(COS_144)).add(t2i.mul(COS_72));
        FloatVector n1r = t3r.mul(SIN_72).add(t4r.mul(SIN_144));
        FloatVector n1i = t3i.mul(SIN_72).add(t4i.mul(SIN_144));
        FloatVector n2r = t3r.mul(SIN_144).sub(t4r.mul(SIN_72));
        FloatVector n2i = t3i.mul(SIN_144).sub(t4i.mul(SIN_72));
        ar.add(t1r).add(t2r).intoArray(yr, o);
        ai.add(t1i).add(t2i).intoArray(yi, o);
        store(yr, yi, o + s, m1r.add(n1i), m1i.sub(n1r), w, 8 * p);
        store(yr, yi, o + 2 * s, m2r.add(n2i), m2i.sub(n2r), w, 8 * p + 2);
        store(yr, yi, o + 3 * s, m2r.sub(n2i), m2i.add(n2r), w, 8 * p + 4);
        store(yr, yi, o + 4 * s, m1r.sub(n1i), m1i.add(n1r), w, 8 * p + 6);
      }
    }
  }

  private static void radix8(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    int s = stage.stride();
    int part = s * stage.groups();
    int last = s - LANES;
    float[] w = stage.twiddles();
    for (int p = 0; p < stage.groups(); p++) {
      for (int q = 0; q < s; q += LANES) {
        int column = Math.min(q, last);
        int i = s * p + column;
        int o = 8 * s * p + column;
        int t = 14 * p;
        FloatVector a0r = FloatVector.fromArray(SPECIES, xr, i);
        FloatVector a0i = FloatVector.fromArray(SPECIES, xi, i);
        FloatVector a4r = FloatVector.fromArray(SPECIES, xr, i + 4 * part);
        FloatVector a4i = FloatVector.fromArray(SPECIES, xi, i + 4 * part);
        FloatVector a2r = FloatVector.fromArray(SPECIES, xr, i + 2 * part);
        FloatVector a2i = FloatVector.fromArray(SPECIES, xi, i + 2 * part);
        FloatVector a6r = FloatVector.fromArray(SPECIES, xr, i + 6 * part);
        FloatVector a6i = FloatVector.fromArray(SPECIES, xi, i + 6 * part);
        FloatVector p0r = a0r.add(a4r);
        FloatVector p0i = a0i.add(a4i);
        FloatVector m0r = a0r.sub(a4r);
        FloatVector m0i = a0i.sub(a4i);
        FloatVector p2r = a2r.add(a6r);
        FloatVector p2i = a2i.add(a6i);
        FloatVector m2r = a2i.sub(a6i);
        FloatVector m2i = a6r.sub(a2r);
        FloatVector a1r = FloatVector.fromArray(SPECIES, xr, i + part);
        FloatVector a1i = FloatVector.fromArray(SPECIES, xi, i + part);
        FloatVector a5r = FloatVector.fromArray(SPECIES, xr, i + 5 * part);
        FloatVector a5i = FloatVector.fromArray(SPECIES, xi, i + 5 * part);
        FloatVector a3r = FloatVector.fromArray(SPECIES, xr, i + 3 * part);
        FloatVector a3i = FloatVector.fromArray(SPECIES, xi, i + 3 * part);
        FloatVector a7r = FloatVector.fromArray(SPECIES, xr, i + 7 * part);
        FloatVector a7i = FloatVector.fromArray(SPECIES, xi, i + 7 * part);
        FloatVector p1r = a1r.add(a5r);
        FloatVector p1i = a1i.add(a5i);
        FloatVector p3r = a3r.add(a7r);
        FloatVector p3i = a3i.add(a7i);
        FloatVector d1r = a1r.sub(a5r);
        FloatVector d1i = a1i.sub(a5i);
        FloatVector d3r = a3r.sub(a7r);
        FloatVector d3i = a3i.sub(a7i);
        FloatVector e0r = p0r.add(p2r);
        FloatVector e0i = p0i.add(p2i);
        FloatVector e1r = p1r.add(p3r);
        FloatVector e1i = p1i.add(p3i);
        FloatVector e2r = p0r.sub(p2r);
        FloatVector e2i = p0i.sub(p2i);
        FloatVector e3r = p1r.sub(p3r);
        FloatVector e3i = p1i.sub(p3i);
        e0r.add(e1r).intoArray(yr, o);
        e0i.add(e1i).intoArray(yi, o);
        store(yr, yi, o + 2 * s, e2r.add(e3i), e2i.sub(e3r), w, t + 2);
        store(yr, yi, o + 4 * s, e0r.sub(e1r), e0i.sub(e1i), w, t + 6);
        store(yr, yi, o + 6 * s, e2r.sub(e3i), e2i.add(e3r), w, t + 10);
        FloatVector m1r = d1r.add(d1i).mul(HALF_ROOT_2);
        FloatVector m1i = d1i.sub(d1r).mul(HALF_ROOT_2);
        FloatVector m3r = d3i.sub(d3r).mul(HALF_ROOT_2);
        FloatVector m3i = d3r.add(d3i).mul(-HALF_ROOT_2);
        FloatVector f0r = m0r.add(m2r);
        FloatVector f0i = m0i.add(m2i);
        FloatVector f1r = m1r.add(m3r);
        FloatVector f1i = m1i.add(m3i);
        FloatVector f2r = m0r.sub(m2r);
        FloatVector f2i = m0i.sub(m2i);
        FloatVector f3r = m1r.sub(m3r);
        FloatVector f3i = m1i.sub(m3i);
        store(yr, yi, o + s, f0r.add(f1r), f0i.add(f1i), w, t);
        store(yr, yi, o + 3 * s, f2r.add(f3i), f2i.sub(f3r), w, t + 4);
        store(yr, yi, o + 5 * s, f0r.sub(f1r), f0i.sub(f1i), w, t + 8);
        store(yr, yi, o + 7 * s, f2r.sub(f3i), f2i.add(f3r), w, t + 12);
      }
    }
  }

  private static void store(
      float[] yr, float[] yi, int at, FloatVector re, FloatVector im, float[] w, int twiddle) {
    FloatVector wr = FloatVector.broadcast(SPECIES, w[twiddle]);
    FloatVector wi = FloatVector.broadcast(SPECIES, w[twiddle + 1]);
    re.mul(wr).sub(im.mul(wi)).intoArray(yr, at);
    re.mul(wi).add(im.mul(wr)).intoArray(yi, at);
  }

  @Override
  public void turn(
      int rows,
      int columns,
      float[] wr,
      float[] wi,
      float[] xr,
      float[] xi,
      float[] yr,
      float[] yi) {
    int count = rows * columns;
    int bound = SPECIES.loopBound(count);
    for (int i = 0; i < bound; i += LANES) {
      FloatVector re = FloatVector.fromArray(SPECIES, xr, i);
      FloatVector im = FloatVector.fromArray(SPECIES, xi, i);
      FloatVector c = FloatVector.fromArray(SPECIES, wr, i);
      FloatVector s = FloatVector.fromArray(SPECIES, wi, i);
      re.mul(c).sub(im.mul(s)).intoArray(xr, i);
      re.mul(s).add(im.mul(c)).intoArray(xi, i);
    }
    for (int i = bound; i < count; i++) {
      float re = xr[i];
      xr[i] = re * wr[i] - xi[i] * wi[i];
      xi[i] = re * wi[i] + xi[i] * wr[i];
    }
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        yr[column * rows + row] = xr[row * columns + column];
        yi[column * rows + row] = xi[row * columns + column];
      }
    }
  }

  @Override
  public void unfold(
      int half, float[] wr, float[] wi, float[] zr, float[] zi, float[] real, float[] imaginary) {
    if (half < 2 * LANES) {
      scalar.unfold(half, wr, wi, zr, zi, real, imaginary);
      return;
    }
    for (int k = 1; k <= half / 2; k += LANES) {
      int m = half - k - LANES + 1;
      FloatVector ar = FloatVector.fromArray(SPECIES, zr, k);
      FloatVector ai = FloatVector.fromArray(SPECIES, zi, k);
      FloatVector br = FloatVector.fromArray(SPECIES, zr, m).rearrange(REVERSE);
      FloatVector bi = FloatVector.fromArray(SPECIES, zi, m).rearrange(REVERSE);
      FloatVector c = FloatVector.fromArray(SPECIES, wr, k).mul(0.5f);
      FloatVector s = FloatVector.fromArray(SPECIES, wi, k).mul(0.5f);
      FloatVector evenR = ar.add(br).mul(0.5f);
      FloatVector evenI = ai.sub(bi).mul(0.5f);
      FloatVector oddR = ai.add(bi);
      FloatVector oddI = br.sub(ar);
      FloatVector tr = c.mul(oddR).sub(s.mul(oddI));
      FloatVector ti = s.mul(oddR).add(c.mul(oddI));
      evenR.add(tr).intoArray(real, k);
      evenI.add(ti).intoArray(imaginary, k);
      evenR.sub(tr).rearrange(REVERSE).intoArray(real, m);
      ti.sub(evenI).rearrange(REVERSE).intoArray(imaginary, m);
    }
    ScalarFftSteps.unfoldEnds(half, zr, zi, real, imaginary);
  }

  @Override
  public void fold(
      int half,
      float scale,
      float[] wr,
      float[] wi,
      float[] real,
      float[] imaginary,
      float[] zr,
      float[] zi) {
    if (half < 2 * LANES) {
      scalar.fold(half, scale, wr, wi, real, imaginary, zr, zi);
      return;
    }
    for (int k = 1; k <= half / 2; k += LANES) {
      int m = half - k - LANES + 1;
      FloatVector ar = FloatVector.fromArray(SPECIES, real, k);
      FloatVector ai = FloatVector.fromArray(SPECIES, imaginary, k);
      FloatVector br = FloatVector.fromArray(SPECIES, real, m).rearrange(REVERSE);
      FloatVector bi = FloatVector.fromArray(SPECIES, imaginary, m).rearrange(REVERSE);
      FloatVector c = FloatVector.fromArray(SPECIES, wr, k).mul(scale);
      FloatVector s = FloatVector.fromArray(SPECIES, wi, k).mul(scale);
      FloatVector evenR = ar.add(br).mul(scale);
      FloatVector evenI = ai.sub(bi).mul(scale);
      FloatVector dr = ar.sub(br);
      FloatVector di = ai.add(bi);
      FloatVector oddR = dr.mul(c).add(di.mul(s));
      FloatVector oddI = di.mul(c).sub(dr.mul(s));
      evenR.sub(oddI).intoArray(zr, k);
      evenI.add(oddR).intoArray(zi, k);
      evenR.add(oddI).rearrange(REVERSE).intoArray(zr, m);
      oddR.sub(evenI).rearrange(REVERSE).intoArray(zi, m);
    }
    ScalarFftSteps.foldEnds(half, scale, real, zr, zi);
  }
}
