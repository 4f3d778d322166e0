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
 * that is no multiple of a vector overlaps the one before it and writes the same values again.
 */
final class VectorFftSteps implements FftSteps {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final VectorShuffle<Float> REVERSE =
      VectorShuffle.iota(SPECIES, LANES - 1, -1, true);
  private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(SPECIES, 0);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, i -> i < LANES / 2 ? 2 * i + 1 : 2 * i + 1 - 2 * LANES);
  private static final VectorShuffle<Float> LOW = zip(1, 0);
  private static final VectorShuffle<Float> HIGH = zip(1, 1);
  private static final VectorShuffle<Float> LOW_4 = zip(4, 0);
  private static final VectorShuffle<Float> HIGH_4 = zip(4, 1);

  private final ScalarFftSteps scalar = new ScalarFftSteps();

  /** Deals out blocks of two vectors in turn: the first or the second half of the result. */
  private static VectorShuffle<Float> zip(int block, int half) {
    return VectorShuffle.fromOp(
        SPECIES,
        lane -> {
          int place = lane / (2 * block) * block + lane % block + half * LANES / 2;
          // Negative places name lanes of the second vector.
          return lane / block % 2 == 0 ? place : place - LANES;
        });
  }

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
      narrow(stage, xr, xi, yr, yi);
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

  private void narrow(FftStage stage, float[] xr, float[] xi, float[] yr, float[] yi) {
    boolean wide = stage.stride() * stage.groups() >= LANES;
    if (wide && stage.radix() == 4 && stage.stride() == 1) {
      narrow4(stage, LOW, HIGH, xr, xi, yr, yi);
    } else if (wide && stage.radix() == 4 && stage.stride() == 4) {
      narrow4(stage, LOW_4, HIGH_4, xr, xi, yr, yi);
    } else {
      scalar.stage(stage, xr, xi, yr, yi);
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
        FloatVector r1 = m1r.add(n1i);
        FloatVector i1 = m1i.sub(n1r);
        float c1 = w[8 * p];
        float s1 = w[8 * p + 1];
        r1.mul(c1).sub(i1.mul(s1)).intoArray(yr, o + s);
        r1.mul(s1).add(i1.mul(c1)).intoArray(yi, o + s);
        FloatVector r2 = m2r.add(n2i);
        FloatVector i2 = m2i.sub(n2r);
        float c2 = w[8 * p + 2];
        float s2 = w[8 * p + 2 + 1];
        r2.mul(c2).sub(i2.mul(s2)).intoArray(yr, o + 2 * s);
        r2.mul(s2).add(i2.mul(c2)).intoArray(yi, o + 2 * s);
        FloatVector r3 = m2r.sub(n2i);
        FloatVector i3 = m2i.add(n2r);
        float c3 = w[8 * p + 4];
        float s3 = w[8 * p + 4 + 1];
        r3.mul(c3).sub(i3.mul(s3)).intoArray(yr, o + 3 * s);
        r3.mul(s3).add(i3.mul(c3)).intoArray(yi, o + 3 * s);
        FloatVector r4 = m1r.sub(n1i);
        FloatVector i4 = m1i.add(n1r);
        float c4 = w[8 * p + 6];
        float s4 = w[8 * p + 6 + 1];
        r4.mul(c4).sub(i4.mul(s4)).intoArray(yr, o + 4 * s);
        r4.mul(s4).add(i4.mul(c4)).intoArray(yi, o + 4 * s);
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
        FloatVector r1 = e2r.add(e3i);
        FloatVector i1 = e2i.sub(e3r);
        float c1 = w[t + 2];
        float s1 = w[t + 2 + 1];
        r1.mul(c1).sub(i1.mul(s1)).intoArray(yr, o + 2 * s);
        r1.mul(s1).add(i1.mul(c1)).intoArray(yi, o + 2 * s);
        FloatVector r2 = e0r.sub(e1r);
        FloatVector i2 = e0i.sub(e1i);
        float c2 = w[t + 6];
        float s2 = w[t + 6 + 1];
        r2.mul(c2).sub(i2.mul(s2)).intoArray(yr, o + 4 * s);
        r2.mul(s2).add(i2.mul(c2)).intoArray(yi, o + 4 * s);
        FloatVector r3 = e2r.sub(e3i);
        FloatVector i3 = e2i.add(e3r);
        float c3 = w[t + 10];
        float s3 = w[t + 10 + 1];
        r3.mul(c3).sub(i3.mul(s3)).intoArray(yr, o + 6 * s);
        r3.mul(s3).add(i3.mul(c3)).intoArray(yi, o + 6 * s);
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
        FloatVector r4 = f0r.add(f1r);
        FloatVector i4 = f0i.add(f1i);
        float c4 = w[t];
        float s4 = w[t + 1];
        r4.mul(c4).sub(i4.mul(s4)).intoArray(yr, o + s);
        r4.mul(s4).add(i4.mul(c4)).intoArray(yi, o + s);
        FloatVector r5 = f2r.add(f3i);
        FloatVector i5 = f2i.sub(f3r);
        float c5 = w[t + 4];
        float s5 = w[t + 4 + 1];
        r5.mul(c5).sub(i5.mul(s5)).intoArray(yr, o + 3 * s);
        r5.mul(s5).add(i5.mul(c5)).intoArray(yi, o + 3 * s);
        FloatVector r6 = f0r.sub(f1r);
        FloatVector i6 = f0i.sub(f1i);
        float c6 = w[t + 8];
        float s6 = w[t + 8 + 1];
        r6.mul(c6).sub(i6.mul(s6)).intoArray(yr, o + 5 * s);
        r6.mul(s6).add(i6.mul(c6)).intoArray(yi, o + 5 * s);
        FloatVector r7 = f2r.sub(f3i);
        FloatVector i7 = f2i.add(f3r);
        float c7 = w[t + 12];
        float s7 = w[t + 12 + 1];
        r7.mul(c7).sub(i7.mul(s7)).intoArray(yr, o + 7 * s);
        r7.mul(s7).add(i7.mul(c7)).intoArray(yi, o + 7 * s);
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

  /**
   * Radix 4 where columns are narrower than a vector: lanes hold neighbouring groups, each with its
   * own twiddle, and the four results are dealt out in turn, {@code stride} lanes at a time.
   */
  private static void narrow4(
      FftStage stage,
      VectorShuffle<Float> low,
      VectorShuffle<Float> high,
      float[] xr,
      float[] xi,
      float[] yr,
      float[] yi) {
    int part = stage.stride() * stage.groups();
    int last = part - LANES;
    float[] w = stage.lanes();
    for (int q = 0; q < part; q += LANES) {
      int i = Math.min(q, last);
      int o = 4 * i;
      FloatVector ar = FloatVector.fromArray(SPECIES, xr, i);
      FloatVector ai = FloatVector.fromArray(SPECIES, xi, i);
      FloatVector br = FloatVector.fromArray(SPECIES, xr, i + part);
      FloatVector bi = FloatVector.fromArray(SPECIES, xi, i + part);
      FloatVector cr = FloatVector.fromArray(SPECIES, xr, i + 2 * part);
      FloatVector ci = FloatVector.fromArray(SPECIES, xi, i + 2 * part);
      FloatVector dr = FloatVector.fromArray(SPECIES, xr, i + 3 * part);
      FloatVector di = FloatVector.fromArray(SPECIES, xi, i + 3 * part);
      FloatVector w1r = FloatVector.fromArray(SPECIES, w, i);
      FloatVector w1i = FloatVector.fromArray(SPECIES, w, i + part);
      FloatVector w2r = FloatVector.fromArray(SPECIES, w, i + 2 * part);
      FloatVector w2i = FloatVector.fromArray(SPECIES, w, i + 3 * part);
      FloatVector w3r = FloatVector.fromArray(SPECIES, w, i + 4 * part);
      FloatVector w3i = FloatVector.fromArray(SPECIES, w, i + 5 * part);
      FloatVector apcR = ar.add(cr);
      FloatVector apcI = ai.add(ci);
      FloatVector amcR = ar.sub(cr);
      FloatVector amcI = ai.sub(ci);
      FloatVector bpdR = br.add(dr);
      FloatVector bpdI = bi.add(di);
      FloatVector bmdR = br.sub(dr);
      FloatVector bmdI = bi.sub(di);
      FloatVector t1r = amcR.add(bmdI);
      FloatVector t1i = amcI.sub(bmdR);
      FloatVector t2r = apcR.sub(bpdR);
      FloatVector t2i = apcI.sub(bpdI);
      FloatVector t3r = amcR.sub(bmdI);
      FloatVector t3i = amcI.add(bmdR);
      FloatVector y0r = apcR.add(bpdR);
      FloatVector y1r = t1r.mul(w1r).sub(t1i.mul(w1i));
      FloatVector y2r = t2r.mul(w2r).sub(t2i.mul(w2i));
      FloatVector y3r = t3r.mul(w3r).sub(t3i.mul(w3i));
      FloatVector evenLow = y0r.rearrange(low, y2r);
      FloatVector evenHigh = y0r.rearrange(high, y2r);
      FloatVector oddLow = y1r.rearrange(low, y3r);
      FloatVector oddHigh = y1r.rearrange(high, y3r);
      evenLow.rearrange(low, oddLow).intoArray(yr, o);
      evenLow.rearrange(high, oddLow).intoArray(yr, o + LANES);
      evenHigh.rearrange(low, oddHigh).intoArray(yr, o + 2 * LANES);
      evenHigh.rearrange(high, oddHigh).intoArray(yr, o + 3 * LANES);
      FloatVector y0i = apcI.add(bpdI);
      FloatVector y1i = t1r.mul(w1i).add(t1i.mul(w1r));
      FloatVector y2i = t2r.mul(w2i).add(t2i.mul(w2r));
      FloatVector y3i = t3r.mul(w3i).add(t3i.mul(w3r));
      evenLow = y0i.rearrange(low, y2i);
      evenHigh = y0i.rearrange(high, y2i);
      oddLow = y1i.rearrange(low, y3i);
      oddHigh = y1i.rearrange(high, y3i);
      evenLow.rearrange(low, oddLow).intoArray(yi, o);
      evenLow.rearrange(high, oddLow).intoArray(yi, o + LANES);
      evenHigh.rearrange(low, oddHigh).intoArray(yi, o + 2 * LANES);
      evenHigh.rearrange(high, oddHigh).intoArray(yi, o + 3 * LANES);
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
