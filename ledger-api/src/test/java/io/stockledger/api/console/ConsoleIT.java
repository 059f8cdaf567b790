package io.stockledger.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.api.openapi.OpenApiDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in a real Chromium, against the real service. */
class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningLedger service = RunningLedger.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String sku = "cup-" + run;
    private final String location = "shop-" + run;
    private WebDriver browser;
    private WebDriverWait patiently;

    @BeforeAll
    static void skipLoudlyWithoutABrowser() {
        Chromium.orSkipLoudly(ConsoleIT.class);
    }

    @BeforeEach
    void open(@TempDir Path profile) {
        browser = Chromium.open(profile);
        patiently = new WebDriverWait(browser, PATIENCE);
        post("/v1/locations", "{'documentId':'open-%1$s','location':'shop-%1$s','name':'Shop %1$s','kind':'shop'}");
        post(
                "/v1/items",
                "{'documentId':'item-%1$s','sku':'cup-%1$s','name':'Cup %1$s',"
                        + "'barcodes':[{'code':'%1$s','inHouse':true}]}");
        post(
                "/v1/receipts",
                "{'documentId':'receipt-%1$s','location':'shop-%1$s','supplier':'S-1',"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':10}]}");
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void anUnknownKeyIsTurnedAwayWithoutDetail() {
        logIn("slk_unknown");

        assertThat(text(".alert-danger")).isEqualTo("That key is unknown, revoked, or may not see stock.");
    }

    @Test
    void aSaleShowsWithoutReload() {
        logIn(service.adminKey());
        browser.get(page("/console/stock?location=" + location));
        assertThat(text("#levels .atp")).isEqualTo("10");

        sell(3);

        patiently.until(ExpectedConditions.textToBe(By.cssSelector("#levels .atp"), "7"));
    }

    @Test
    void anItemTellsItsStory() {
        sell(3);
        logIn(service.adminKey());
        patiently.until(driver -> {
            driver.get(page("/console/item?sku=" + sku));
            return driver.findElements(By.cssSelector(".facts tbody tr")).size() == 5;
        });

        List<String> sentences = browser.findElements(By.cssSelector(".facts summary")).stream()
                .map(element -> element.getText())
                .toList();
        assertThat(sentences.get(0)).isEqualTo("Sold 3 at " + location + " through store");
        assertThat(sentences.get(1)).isEqualTo("Received 10 at " + location);
        assertThat(sentences.get(2)).isEqualTo("First stocked at " + location);
        assertThat(sentences).contains("In-house barcode " + run + " names " + sku);
        assertThat(text("main")).contains("barcodes " + run + " (in-house)");
        assertThat(browser.findElements(By.cssSelector("canvas[data-kind=story]")))
                .hasSize(1);
    }

    @Test
    void aRefusedTrySaysWhichItWasAndWhatWasRefused() {
        service.post(
                "/v1/sales",
                ("{'documentId':'refused-%1$s','tryId':'again','channel':'store','location':'shop-%1$s',"
                                + "'lines':[{'item':{'sku':'none-%1$s'},'quantity':1}]}")
                        .formatted(run)
                        .replace('\'', '"'));
        logIn(service.adminKey());
        patiently.until(driver -> {
            driver.get(page("/console/document?id=order:refused-" + run));
            return !driver.findElements(By.cssSelector(".facts tbody tr")).isEmpty();
        });

        assertThat(text(".facts tbody tr"))
                .contains("Refused: Item 'none-" + run + "' is not registered", "order:refused-" + run, "try again");
    }

    @Test
    void aSaleOfMoreThanThereWasSaysWhatWasMissing() {
        post(
                "/v1/sales",
                "{'documentId':'over-%1$s','channel':'store','location':'shop-%1$s','goodsHandedOver':true,"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':12}]}");
        logIn(service.adminKey());
        patiently.until(driver -> {
            driver.get(page("/console/document?id=order:over-" + run));
            return !driver.findElements(By.cssSelector(".facts tbody tr")).isEmpty();
        });

        assertThat(text(".facts")).contains("; the ledger did not have 2 × " + sku);
    }

    @Test
    void whatIsNotSellableIsSaidInWords() {
        post(
                "/v1/reclassifications",
                "{'documentId':'reclass-%1$s','location':'shop-%1$s','from':'sellable','to':'damaged',"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':4}]}");
        logIn(service.adminKey());
        patiently.until(driver -> {
            driver.get(page("/console/stock?location=" + location));
            return text("#levels tbody tr").endsWith(" 10 6 4 damaged 0 0 6");
        });
        browser.get(page("/console/item?sku=" + sku));

        assertThat(text(".parts")).isEqualTo("6 sellable, 4 damaged");
    }

    @Test
    void noNameIsTakenForMarkup() {
        String name = "</script><script>document.title=7</script><b>";
        post("/v1/items", "{'documentId':'markup-%1$s','sku':'cup-%1$s','name':'" + name + "'}");
        post(
                "/v1/sales",
                "{'documentId':'" + name + "','channel':'store','location':'shop-%1$s',"
                        + "'goodsHandedOver':true,'lines':[{'item':{'sku':'cup-%1$s'},'quantity':1}]}");
        logIn(service.adminKey());
        patiently.until(driver -> {
            driver.get(page("/console/item?sku=" + sku));
            return text("h1").equals(name);
        });
        assertThat(browser.getTitle()).isNotEqualTo("7");
        assertThat(browser.findElements(By.xpath("//script[not(@src) and not(@type)]")))
                .isEmpty();
    }

    @Test
    void noPageIsWiderThanAPhone() {
        logIn(service.adminKey());
        phone();
        String endpoint = "/console/webhooks/endpoint?id=" + failingEndpoint();
        for (String path : List.of(
                "/console/stock?location=" + location, "/console/item?sku=" + sku, "/console/webhooks", endpoint)) {
            browser.get(page(path));
            assertThat(((JavascriptExecutor) browser).executeScript("return document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(390L);
        }
    }

    @Test
    void anEndpointThatFailsSaysWhyAndEachOfItsTries() {
        String id = failingEndpoint();
        logIn(service.adminKey());
        browser.get(page("/console/webhooks"));
        WebElement row = patiently.until(
                ExpectedConditions.visibilityOfElementLocated(By.xpath("//tr[.//a[contains(@href, '" + id + "')]]")));
        assertThat(row.getText()).contains("https://127.0.0.1:1/" + run, "failing", "refused");

        browser.get(page("/console/webhooks/endpoint?id=" + id));
        assertThat(text("tbody tr")).contains("goods-received", "receipt:told-" + run, "trying again");
        press("tbody tr a");
        assertThat(text("tbody tr")).contains("refused");
    }

    @Test
    void whoMayNotManageWebhooksIsNotShownTheirPage() {
        logIn(service.key(List.of("auditor"), List.of()));
        browser.get(page("/console/stock"));
        assertThat(browser.findElements(By.cssSelector("a[href$='/console/webhooks']")))
                .isEmpty();
        browser.get(page("/console/webhooks"));
        assertThat(browser.getPageSource()).doesNotContain("To whom facts are sent");
    }

    @Test
    void onAPhoneEveryPartOfAFactIsInSight() {
        logIn(service.adminKey());
        phone();
        patiently.until(driver -> {
            driver.get(page("/console/item?sku=" + sku));
            return !driver.findElements(By.cssSelector(".facts tbody tr")).isEmpty();
        });
        assertThat(browser.findElements(By.cssSelector(".facts tbody tr:first-child td")))
                .hasSize(5)
                .allSatisfy(cell -> assertThat(
                                cell.getRect().getX() + cell.getRect().getWidth())
                        .isLessThanOrEqualTo(390));
    }

    @Test
    void whatIsNotThereIsSaidOnAPageOfTheConsole() {
        logIn(service.adminKey());
        Map.of(
                        "/console/item?sku=nosuch", "There is no item 'nosuch'.",
                        "/console/item", "This address lacks 'sku'.",
                        "/console/nope", "There is no page '/console/nope'.",
                        "/console//stock", "There is no page '/console//stock'.")
                .forEach((path, said) -> {
                    browser.get(page(path));
                    assertThat(text("main p")).as(path).startsWith(said);
                    assertThat(text("header .brand")).isEqualTo("Stockledger");
                });
    }

    @Test
    void aKeyTiedToAShopSeesNoOther() {
        logIn(service.key(List.of("pos"), List.of(location)));
        browser.get(page("/console/stock"));

        assertThat(browser.findElements(By.cssSelector("#location option"))).hasSize(1);
    }

    @Test
    void aNameThatNothingCanHaveIsRefused() {
        logIn(service.adminKey());
        for (String path : List.of(
                "/console/item?sku=%00",
                "/console/item?sku=" + sku + "&location=%00",
                "/console/document?id=%00",
                "/console/document?id=nokind",
                "/console/stock?location=%00",
                "/console/find?text=a%00",
                "/console/drift/report?id=%00")) {
            assertThat(status(path)).as(path).isEqualTo(422L);
        }
    }

    @Test
    void theApiPageShowsEveryOperationAndTriesOneOut() {
        browser.get(page("/api-docs"));
        logInHere(service.adminKey());
        patiently.until(ExpectedConditions.numberOfElementsToBe(
                By.cssSelector("#api .opblock"),
                OpenApiDocument.get().operations().size()));

        press("#api .btn.authorize");
        patiently
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(".modal-ux input")))
                .sendKeys(service.adminKey());
        press(".modal-ux .authorize");
        press(".modal-ux .btn-done");
        press("#operations-Views-listViews .opblock-summary-control");
        press("#operations-Views-listViews .try-out__btn");
        press("#operations-Views-listViews .execute");

        assertThat(text("#operations-Views-listViews .live-responses-table tbody .response-col_status"))
                .startsWith("200");
        assertThat(text("#operations-Views-listViews .live-responses-table .highlight-code"))
                .contains("\"view\": \"availability\"");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .noneMatch(entry -> entry.getMessage().contains("Content Security Policy"));
    }

    /** Returns once it has failed to be told of a receipt. */
    private String failingEndpoint() {
        RunningLedger.Answer made = service.post(
                "/v1/webhook-endpoints",
                "{\"url\":\"https://127.0.0.1:1/%s\",\"facts\":[\"goods-received\"]}".formatted(run));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.json().at("/endpoint/id").asString();
        post(
                "/v1/receipts",
                "{'documentId':'told-%1$s','location':'shop-%1$s','supplier':'S-1',"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':1}]}");
        patiently.until(driver -> !service.get("/v1/webhook-endpoints/" + id + "/deliveries")
                .json()
                .at("/deliveries/0/error")
                .isMissingNode());
        return id;
    }

    private void phone() {
        ((ChromeDriver) browser)
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    }

    /** Whatever covers it: the page scrolls smoothly, and a click would come before it has arrived. */
    private void press(String selector) {
        WebElement button = patiently.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
        ((JavascriptExecutor) browser).executeScript("arguments[0].click()", button);
    }

    private @Nullable Object status(String path) {
        return ((JavascriptExecutor) browser)
                .executeAsyncScript("fetch(arguments[0]).then(answer => arguments[1](answer.status))", path);
    }

    private void sell(int units) {
        post(
                "/v1/sales",
                "{'documentId':'sale-%1$s','channel':'store','location':'shop-%1$s',"
                        + "'lines':[{'item':{'sku':'cup-%1$s'},'quantity':" + units + "}]}");
    }

    private void post(String path, String json) {
        RunningLedger.Answer answer = service.post(path, json.formatted(run).replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void logIn(String key) {
        browser.get(page("/console/login"));
        logInHere(key);
    }

    private void logInHere(String key) {
        browser.findElement(By.id("key")).sendKeys(key + Keys.ENTER);
        patiently.until(driver -> !driver.findElements(By.cssSelector(".alert-danger, header.top"))
                .isEmpty());
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
