package dev.jawait.benchmarks.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Costs of one, over how many there are: what grows no faster than its number is flat or falls. The axis of numbers is
 * logarithmic, the one of costs begins at zero. Drawn as SVG, in dark colours where the reader's screen is dark.
 *
 * @param title what it is about
 * @param counted what is counted along the axis below
 * @param cost what is measured, with its unit
 */
public record Plot(String title, String counted, String cost, List<Line> lines) {
    static final int WIDTH = 800;
    static final int HEIGHT = 360;
    static final int LEFT = 76;
    static final int RIGHT = 560;
    static final int TOP = 52;
    static final int BOTTOM = 300;

    private static final String STYLE = """
            <style>
            svg { font: 13px sans-serif; --paper: #ffffff; --ink: #24292f; --grid: #d8dee4;
              --c0: #0969da; --c1: #bc4c00; --c2: #1a7f37; --c3: #8250df; --c4: #6e7781 }
            @media (prefers-color-scheme: dark) {
              svg { --paper: #0d1117; --ink: #e6edf3; --grid: #30363d;
                --c0: #58a6ff; --c1: #f0883e; --c2: #3fb950; --c3: #bc8cff; --c4: #9ea7b3 }
            }
            text { fill: var(--ink) } .paper { fill: var(--paper) } .grid { stroke: var(--grid) }
            .line { fill: none; stroke-width: 2 } .title { font-size: 15px; font-weight: bold }
            .end { text-anchor: end } .middle { text-anchor: middle }
            </style>
            """;
    private static final List<String> DASHES = List.of("none", "8 3", "2 3", "8 3 2 3", "14 4");

    /** The picture. */
    public String svg() {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        parts.add("<title>" + escaped(title + ": " + cost + ", by " + counted) + "</title>");
        parts.add(STYLE + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>");
        parts.add(text(LEFT, 26, "title", title));
        parts.add(text(LEFT, TOP - 8, "", cost));
        parts.add(text((LEFT + RIGHT) / 2.0, BOTTOM + 44, "middle", counted));
        costTicks().forEach(parts::add);
        countTicks().forEach(parts::add);
        IntStream.range(0, lines.size()).forEach(i -> parts.add(drawn(i)));
        return String.join("\n", parts) + "\n</svg>\n";
    }

    private List<String> costTicks() {
        return axis().ticks().stream()
                .map(tick -> rule(LEFT, y(tick), RIGHT, y(tick)) + text(LEFT - 8, y(tick) + 4, "end", number(tick)))
                .toList();
    }

    private List<String> countTicks() {
        return IntStream.rangeClosed(0, 9)
                .mapToObj(i -> Math.pow(10, i))
                .filter(count -> count >= fewest() && count <= most())
                .map(count -> rule(x(count), BOTTOM, x(count), BOTTOM + 5)
                        + text(x(count), BOTTOM + 22, "middle", number(count)))
                .toList();
    }

    /** The line number {@code i}, its points, and its name at the right. */
    private String drawn(int i) {
        Line line = lines.get(i);
        String dots = line.costs().entrySet().stream()
                .map(point -> format(
                        "<circle style=\"fill: var(--c%d)\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>",
                        i % DASHES.size(), x(point.getKey()), y(point.getValue())))
                .collect(Collectors.joining());
        String points = line.costs().entrySet().stream()
                .map(point -> format("%.1f,%.1f", x(point.getKey()), y(point.getValue())))
                .collect(Collectors.joining(" "));
        double legend = TOP + 14 + 24.0 * i;
        return stroked(i, points)
                + dots
                + stroked(i, format("%d,%.1f %d,%.1f", RIGHT + 20, legend, RIGHT + 56, legend))
                + text(RIGHT + 64, legend + 4, "", line.name());
    }

    private static String stroked(int i, String points) {
        return format(
                "<polyline class=\"line\" style=\"stroke: var(--c%d)\" stroke-dasharray=\"%s\" points=\"%s\"/>",
                i % DASHES.size(), DASHES.get(i % DASHES.size()), points);
    }

    private double x(double count) {
        double decades = Math.log10(most() / fewest());
        return decades == 0 ? LEFT : LEFT + (RIGHT - LEFT) * Math.log10(count / fewest()) / decades;
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * value / axis().end();
    }

    private Axis axis() {
        return Axis.upTo(lines.stream()
                .flatMap(line -> line.costs().values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow());
    }

    private double fewest() {
        return counts().min().orElseThrow();
    }

    private double most() {
        return counts().max().orElseThrow();
    }

    private DoubleStream counts() {
        return lines.stream().flatMap(line -> line.costs().keySet().stream()).mapToDouble(Integer::doubleValue);
    }

    private static String rule(double x1, double y1, double x2, double y2) {
        return format("<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String style, String text) {
        return format("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? format("%,.0f", value) : format("%.1f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
