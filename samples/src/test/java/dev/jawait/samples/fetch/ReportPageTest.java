package dev.jawait.samples.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.jawait.http.ClientConnectionException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** The report of fetch in a browser. */
@Timeout(120)
class ReportPageTest {
    private static final String EVIL = "http://evil/</script><script>document.title='taken'</script><img src=x>";
    private static final int PAGES = 6;

    /** The ratio of two colours' brightness, as WCAG 2.2 defines contrast; text needs 4.5. */
    private static final String CONTRAST = """
            const brightness = color => color.match(/[0-9.]+/g).slice(0, 3).map(c => c / 255)
                .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
            const behind = node => { for (; node; node = node.parentElement) {
                const color = getComputedStyle(node).backgroundColor;
                if (color !== "rgba(0, 0, 0, 0)") return color; } };
            const [a, b] = [getComputedStyle(arguments[0]).color, behind(arguments[0])].map(brightness);
            return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            """;

    @TempDir
    static Path directory;

    private static ChromeDriver browser;
    private static String report;

    @BeforeAll
    static void open() throws Exception {
        File driver = find("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find("chromium"));
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1200,900");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver)
                        .usingAnyFreePort()
                        .build(),
                options);
        report = Reports.write(
                        directory,
                        Reports.page("http://one/a", 200, null, 0),
                        Reports.page("http://one/b", 200, null, 1000),
                        Reports.page("http://two/a", 404, null, 2000),
                        Reports.page("http://two/b?" + "long".repeat(100), 500, null, 3000),
                        Reports.page("http://two/c", null, new ClientConnectionException("reset", null), 4000),
                        Reports.page(EVIL, 200, null, 5000))
                .toUri()
                .toString();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void load() {
        browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        browser.get(report);
    }

    private static File find(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> new File(path, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseGet(() -> abort(program + " is not installed: no browser to open the report in"));
    }

    private static List<WebElement> rows() {
        return browser.findElements(By.cssSelector("#list .row"));
    }

    private static List<String> urls() {
        return rows().stream()
                .map(row -> row.findElement(By.className("url")).getDomProperty("title"))
                .toList();
    }

    private static String shown() {
        return browser.findElement(By.id("shown")).getText();
    }

    private static void press(String chip) {
        browser.findElement(By.xpath("//div[@id='chips']/button[contains(., '" + chip + "')]"))
                .click();
    }

    @Test
    void theWaterfallHasABarForEachPhaseWhereItBegan() {
        assertEquals(PAGES, rows().size());
        List<Integer> starts = rows().stream()
                .map(row -> row.findElement(By.cssSelector(".bar i")).getRect().x)
                .toList();
        IntStream.range(1, PAGES).forEach(i -> assertTrue(starts.get(i - 1) < starts.get(i), starts::toString));
        for (WebElement row : rows()) {
            List<WebElement> parts = row.findElements(By.cssSelector(".bar i"));
            assertEquals(3, parts.size());
            assertTrue(parts.stream().allMatch(part -> part.getRect().width > 0 && part.getRect().height > 0));
            assertTrue(parts.get(1).getRect().x < parts.get(2).getRect().x);
        }
        assertEquals(
                "waiting for the pool\nfirst byte",
                browser.findElement(By.id("legend")).getText().replace(" first", "\nfirst"));
    }

    @Test
    void statusHostAndTextFilter() {
        assertEquals("6 requests", shown());
        press("404");
        press("500");
        assertEquals("2 of 6", shown());
        assertEquals("http://two/a", urls().get(0));
        press("404");
        press("500");
        browser.findElement(By.cssSelector("#host option[value='one']")).click();
        assertEquals(List.of("http://one/a", "http://one/b"), urls());
        browser.findElement(By.id("text")).sendKeys("B");
        assertEquals(List.of("http://one/b"), urls());
        browser.findElement(By.id("text")).sendKeys(" nowhere");
        assertEquals("0 of 6", shown());
        assertTrue(browser.findElement(By.id("list")).getText().contains("Take a filter away"));
    }

    @Test
    void aRowTellsItsPhases() {
        rows().get(4).click();
        String detail = browser.findElement(By.id("detail")).getText();
        assertTrue(detail.contains("http://two/c"), detail);
        assertTrue(detail.contains("ClientConnectionException"), detail);
        assertTrue(detail.contains("waiting for the pool"), detail);
    }

    @Test
    void theSummaryIsOnTop() {
        String cards = browser.findElement(By.id("cards")).getText();
        assertTrue(cards.contains("1 failed"), cards);
        assertTrue(browser.findElement(By.id("title")).getText().contains("6 URLs"));
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingFails() {
        Object loaded = browser.executeScript("return performance.getEntriesByType('resource').map(e => e.name)");
        assertEquals(List.of(), loaded);
        assertEquals(List.of(), browser.manage().logs().get(LogType.BROWSER).getAll());
    }

    @Test
    void whatAUrlSaysIsShownAndNotDone() {
        assertEquals(EVIL, urls().get(5));
        assertFalse(browser.getTitle().contains("taken"));
        assertEquals(0, browser.findElements(By.tagName("img")).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textCanBeReadInLightAndDark(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        String texts =
                "#title, .card h2, .card p, .chips button, .legend span, .url, .url em, .status, .row .number, #shown";
        for (WebElement text : browser.findElements(By.cssSelector(texts))) {
            double contrast = ((Number) browser.executeScript(CONTRAST, text)).doubleValue();
            assertTrue(contrast >= 4.5, () -> text.getText() + " has a contrast of " + contrast + " in the " + scheme);
        }
        Object paper = browser.executeScript("return getComputedStyle(document.body).backgroundColor");
        assertEquals(scheme.equals("dark") ? "rgb(20, 22, 26)" : "rgb(247, 247, 245)", paper);
    }

    @Test
    void aPhoneShowsAllOfItsWidth() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 3, "mobile", true));
        browser.get(report);
        assertEquals(360L, browser.executeScript("return document.documentElement.scrollWidth"));
        assertEquals(PAGES, rows().size());
        for (WebElement row : rows()) {
            for (WebElement part : row.findElements(By.cssSelector(".status, .url, .bar"))) {
                assertTrue(part.isDisplayed() && part.getRect().x >= 0, part::toString);
                assertTrue(part.getRect().x + part.getRect().width <= 360, part::toString);
            }
        }
    }
}
