package io.stockledger.api.console;

import static io.stockledger.api.console.HostileStory.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockledger.api.RunningLedger;
import io.stockledger.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Every page of the console with texts that would be markup or script, in every field that can hold them and in every parameter
 * of an address, in a real Chromium. A page of them is built as one of harmless texts is, and shows them as they were written.
 */
class HostilePagesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> TEXTS = List.of(
            "</script><script>window.hostile=1</script>",
            "<img src=x onerror=window.hostile=1>",
            "\"><svg onload=window.hostile=1>",
            "' autofocus onfocus='window.hostile=1' x='",
            "javascript:window.hostile=1",
            "<!--<script>window.hostile=1",
            "]]></title></style></textarea><b>x</b>",
            "</td></tr></table><h1>x</h1>",
            "[[${7*7}]]__${7*7}__::x",
            "{{constructor.constructor('window.hostile=1')()}}",
            "&lt;script&gt;&amp;&#60;b&#62;",
            "\\\"};window.hostile=1;//",
            "a/../b?c=d&e=%3Cb%3E#f;g\\h+i",
            "<a hx-get=/console hx-trigger=load>x</a>",
            "<base href=//x><meta http-equiv=refresh content=0>");

    private static RunningLedger service;
    private static ChromeDriver browser;
    private static WebDriverWait patiently;

    /** By page: the elements, where they stand and which attributes they have, where all texts are harmless. */
    private static final Map<String, Set<String>> BUILT = new TreeMap<>();

    @BeforeAll
    static void tellHarmlessStories(@TempDir Path profile) {
        Chromium.orSkipLoudly(HostilePagesIT.class);
        service = RunningLedger.start(TestPostgres.freshDatabase());
        browser = Chromium.open(profile);
        patiently = new WebDriverWait(browser, PATIENCE);
        List<HostileStory> harmless = List.of(told("plain one", 1), told("plain two", 2));
        harmless.forEach(story -> {
            logIn(story.key());
            pages(story)
                    .forEach((page, address) ->
                            BUILT.computeIfAbsent(page, any -> new TreeSet<>()).addAll(built(address)));
        });
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
            service.close();
        }
    }

    /** All with {@code -Dhostile.texts=all}; else one of each kind: markup, an attribute, an expression, a script, an address. */
    static List<String> texts() {
        return System.getProperty("hostile.texts", "").equals("all")
                ? TEXTS
                : List.of(TEXTS.get(0), TEXTS.get(3), TEXTS.get(8), TEXTS.get(11), TEXTS.get(12));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_shown_on_every_page_as_it_was_written(String text) {
        HostileStory story = told(text, 100 + TEXTS.indexOf(text));
        logIn(story.key());
        pages(story).forEach((page, address) -> {
            Set<String> built = built(address);
            requireUnharmed(page);
            assertThat(BUILT.get(page)).as(page).containsAll(built);
            assertThat(script("return document.documentElement.textContent").toString())
                    .as(page)
                    .contains(text);
        });
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_in_an_address_is_no_markup_of_the_page(String text) {
        logIn(service.adminKey());
        for (String address : List.of(
                "/console/item?sku={}",
                "/console/item?sku=plain%20one&location={}",
                "/console/item?sku=plain%20one&before={}",
                "/console/document?id={}",
                "/console/document?id=order:{}",
                "/console/document?id=order:plain%20one&after={}",
                "/console/stock?location={}",
                "/console/stock?text={}",
                "/console/stock?location=shop-1&text={}&after={}",
                "/console/stock/levels?location=shop-1&text={}&after={}",
                "/console/find?text={}",
                "/console/drift/report?id={}",
                "/console/drift/report?id=plain%20one&page={}",
                "/console/webhooks/endpoint?id={}",
                "/console/webhooks/message?id={}&message={}",
                "/console/login?error={}&logout={}&x={}",
                "/console/{}",
                "/console?{}")) {
            browser.get(service.uri(address.replace("{}", encoded(text))).toString());
            assertThat(script("return performance.getEntriesByType('navigation')[0].responseStatus"))
                    .as(address)
                    .asString()
                    .matches("[24]..");
            assertThat(script("return document.title").toString()).as(address).doesNotContain("Tomcat");
            requireUnharmed(address);
        }
    }

    private static HostileStory told(String text, int number) {
        return HostileStory.told(service, text, number, patiently);
    }

    private static Map<String, String> pages(HostileStory story) {
        String text = encoded(story.text());
        String endpoint = "?id=" + story.endpoint();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("stock", "/console/stock?location=" + story.location());
        pages.put("stock, looked for", "/console/stock?location=" + story.location() + "&text=" + text);
        pages.put("item", "/console/item?sku=" + text);
        pages.put("item at a location", "/console/item?sku=" + text + "&location=" + story.location());
        pages.put("found", "/console/find?text=order:" + text);
        pages.put("sale", "/console/document?id=order:" + text);
        pages.put("refused sale", "/console/document?id=order:no%20" + text);
        pages.put("receipt", "/console/document?id=receipt:" + text);
        pages.put("adjustment", "/console/document?id=adjustment:" + text);
        pages.put("snapshots", "/console/drift");
        pages.put("drift report", "/console/drift/report?id=" + text);
        pages.put("views", "/console/views");
        pages.put("endpoints", "/console/webhooks");
        pages.put("endpoint", "/console/webhooks/endpoint" + endpoint);
        pages.put("message", "/console/webhooks/message" + endpoint + "&message=" + story.message());
        pages.put("API", "/api-docs");
        return pages;
    }

    /** Each element with its way from the root, the names of attributes, and its children, rows and options counted once. */
    @SuppressWarnings("unchecked") // of texts, as the script makes it
    private static Set<String> built(String address) {
        browser.get(service.uri(address).toString());
        patiently.until(any ->
                script("return [...document.querySelectorAll('canvas')].every(chart => chart.hasAttribute('style'))"));
        List<String> elements = (List<String>) script("""
                const name = e => e.tagName + '[' + [...e.attributes].map(a => a.name).sort() + ']';
                const way = e => e.parentElement ? way(e.parentElement) + '>' + name(e) : name(e);
                const children = e => [...e.children].map(c => c.tagName)
                    .filter((tag, i, all) => tag !== all[i - 1] || !['TR', 'OPTION'].includes(tag));
                return [...document.querySelectorAll('*')]
                    .filter(e => !e.closest('#api'))
                    .map(e => way(e) + '(' + children(e) + ')');
                """);
        return new TreeSet<>(elements);
    }

    private static void requireUnharmed(String page) {
        assertThat(script("return window.hostile === undefined")).as(page).isEqualTo(true);
        assertThat((List<?>) script("""
                        return [...document.querySelectorAll('a[href], form, [hx-get], [src]')]
                            .filter(e => !e.closest('#api'))
                            .map(e => e.href || e.src || e.getAttribute('hx-get') || e.action)
                            .filter(to => new URL(to, location.href).origin !== location.origin && to !== 'data:,')
                        """)).as(page).isEmpty();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()))
                .as(page)
                .allMatch(entry -> entry.getMessage().contains("Failed to load resource: the server responded with"));
    }

    private static Object script(String script) {
        return browser.executeScript(script);
    }

    private static void logIn(String key) {
        browser.manage().deleteAllCookies();
        browser.get(service.uri("/console/login").toString());
        browser.findElement(By.id("key")).sendKeys(key + Keys.ENTER);
        patiently.until(
                driver -> !driver.findElements(By.cssSelector("header.top")).isEmpty());
    }
}
