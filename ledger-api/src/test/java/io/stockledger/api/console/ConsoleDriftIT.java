package io.stockledger.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.RunningLedger.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a stock controller sees of drift, in a real Chromium. */
class ConsoleDriftIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningLedger service = RunningLedger.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String id = "ERP 1/3; " + run;
    private ChromeDriver browser;
    private WebDriverWait patiently;

    @BeforeAll
    static void skipLoudlyWithoutABrowser() {
        Chromium.orSkipLoudly(ConsoleDriftIT.class);
    }

    @BeforeEach
    void twoShopsOfWhichTheErpKnowsOne(@TempDir Path profile) {
        browser = Chromium.open(profile);
        patiently = new WebDriverWait(browser, PATIENCE);
        for (String shop : List.of("shop", "aside")) {
            post("/v1/locations", "{'documentId':'%2$s-%1$s','location':'%2$s-%1$s','name':'S','kind':'shop'}", shop);
        }
        post("/v1/items", "{'documentId':'item-%1$s','sku':'cup-%1$s','name':'Cup'}", "");
        receive("shop", 10);
        receive("aside", 10);
        String key = service.key(List.of("stock-controller", "pos"), List.of("shop-" + run, "aside-" + run));
        browser.get(page("/console/login"));
        browser.findElement(By.id("key")).sendKeys(key + Keys.ENTER);
        patiently.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector("header.top .hint")));
    }

    @AfterEach
    void close() {
        browser.quit();
    }

    @Test
    void differencesAreShownBiggestFirstOverAllPagesAndWhatIsNotComparedIsNamed() {
        upload(IntStream.rangeClosed(1, 150)
                .mapToObj(i -> "shop-%s;old-%03d;%d".formatted(run, i, i))
                .collect(Collectors.joining("\n", "cup-line", "\n")));
        browser.get(page("/console/drift"));
        browser.findElement(By.linkText(id)).click();

        assertThat(text("h1")).isEqualTo(id);
        assertThat(text("#not-compared"))
                .isEqualTo("Not compared, because the snapshot has no line of them: aside-" + run + " (1 item).");
        assertThat(text("tbody .atp")).isEqualTo("−150");
        List<String> read = skus();
        receive("shop", 500);
        browser.get(browser.findElement(By.linkText("Smaller differences")).getAttribute("href"));
        assertThat(text(".as-of")).containsPattern("as on the first page \\(facts since then: \\d+\\)");
        read.addAll(skus());
        assertThat(read).hasSize(151).doesNotHaveDuplicates();
        assertThat(browser.findElements(By.linkText("Smaller differences"))).isEmpty();
    }

    @Test
    void noPageIsWiderThanAPhone() {
        upload("cup-line");
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
        for (String path : List.of("/console/drift", "/console/drift/report?id=" + encoded())) {
            browser.get(page(path));
            assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(390L);
        }
    }

    @Test
    void aPageThatIsNoneIsSaidInASentence() {
        upload("cup-line");
        browser.get(page("/console/drift/report?id=" + encoded() + "&page=x"));
        assertThat(text("main p")).isEqualTo("pageToken: 'x' (expected: nextPageToken of the page before)");
        browser.get(page("/console/drift/report?id=none"));
        assertThat(text("main p")).isEqualTo("No snapshot is called 'none'.");
    }

    private List<String> skus() {
        return new ArrayList<>(browser.findElements(By.cssSelector("tbody td.code")).stream()
                .map(WebElement::getText)
                .toList());
    }

    /** @param lines where {@code cup-line} stands for a right one of the cup */
    private void upload(String lines) {
        String cup = "shop-" + run + ";cup-" + run + ";12\n";
        Answer stored = service.send(
                service.request("/v1/drift/snapshots/" + encoded() + "?takenAt=" + Instant.now(), service.adminKey())
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofString("location;sku;quantity\n" + lines.replace("cup-line", cup)))
                        .build());
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    }

    private String encoded() {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void receive(String shop, int quantity) {
        post(
                "/v1/receipts",
                "{'documentId':'in-%2$s-%3$d-%1$s','location':'%2$s-%1$s','supplier':'S',"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':%3$d}]}",
                shop,
                quantity);
    }

    private void post(String path, String json, Object... values) {
        List<Object> all = new ArrayList<>(List.of(run));
        all.addAll(List.of(values));
        Answer answer = service.post(path, json.formatted(all.toArray()).replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        long position = answer.json().path("position").asLong();
        service.get("/v1/drift/snapshots/none/report?wait=PT20S&atLeastPosition=" + position);
    }

    private String page(String path) {
        return service.uri(path).toString();
    }

    private String text(String selector) {
        return patiently
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)))
                .getText();
    }
}
