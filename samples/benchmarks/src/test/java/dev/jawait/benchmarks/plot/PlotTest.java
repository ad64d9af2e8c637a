package dev.jawait.benchmarks.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PlotTest {
    @Test
    void pointsAreWhereTheirCountsAndCostsBelong() throws Exception {
        Line line = new Line("gather");
        line.add(1, 0);
        line.add(100, 50);
        line.add(10_000, 100);
        int middle = (Plot.LEFT + Plot.RIGHT) / 2;
        int half = (Plot.TOP + Plot.BOTTOM) / 2;
        assertEquals(
                String.format(
                        "%d.0,%d.0 %d.0,%d.0 %d.0,%d.0", Plot.LEFT, Plot.BOTTOM, middle, half, Plot.RIGHT, Plot.TOP),
                elements(plot(line), "polyline").get(0).getAttribute("points"));
    }

    @Test
    void saysWhatItShows() throws Exception {
        Line line = new Line("gather & <others>");
        line.add(10, 1);
        Element svg = parsed(plot(line));
        assertEquals("img", svg.getAttribute("role"));
        assertEquals(
                "Tasks: ns each, by tasks", elements(plot(line), "title").get(0).getTextContent());
        assertTrue(texts(plot(line)).contains("gather & <others>"), "It does not name the line");
    }

    @Test
    void ticksAreRoundNumbersThatReachTheHighestCost() {
        assertEquals(
                List.of(0.0, 100.0, 200.0, 300.0, 400.0, 500.0), Axis.upTo(410).ticks());
        assertEquals(
                List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0), Axis.upTo(10.3).ticks());
        assertEquals(1600, Axis.upTo(1600).end());
    }

    @Test
    void everyLineHasItsNumbersInTheTable() {
        Line one = new Line("one");
        one.add(10, 1.25);
        Line other = new Line("other");
        other.add(1000, 2000);
        assertEquals(
                List.of("", "ns 10 1,000", "one 1.3", "other 2,000.0"),
                LineTable.of("ns", List.of(one, other))
                        .lines()
                        .map(text -> text.strip().replaceAll(" +", " "))
                        .toList());
    }

    private static String plot(Line line) {
        return new Plot("Tasks", "tasks", "ns each", List.of(line)).svg();
    }

    private static List<String> texts(String svg) throws Exception {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(String svg, String name) throws Exception {
        NodeList found = parsed(svg).getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }
}
