package io.stockledger.house;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What stands in a pom.xml without its reason, which is a comment right before it: a dependency, a plugin where it is first named,
 * the property that pins a version, and what is left out of a library. So that no version goes without, each is a property.
 */
final class PomReasons {

    private final String file;
    private final List<String> missing = new ArrayList<>();
    private final Set<String> plugins = new HashSet<>();

    private PomReasons(String file) {
        this.file = file;
    }

    /** One message for each that has none, in the order of the file. */
    static List<String> missing(String file, String xml) {
        PomReasons reasons = new PomReasons(file);
        reasons.look(root(xml));
        return reasons.missing;
    }

    private void look(Element element) {
        switch (element.getTagName()) {
            case "dependency" -> dependency(element);
            case "plugin" -> plugin(element);
            case "exclusion" -> expectReason(element, "exclusion " + name(element));
            case "path" -> expectPinned(element);
            case "properties" ->
                children(element).stream()
                        .filter(property -> property.getTagName().endsWith(".version"))
                        .forEach(property -> expectReason(property, property.getTagName()));
            default -> {}
        }
        children(element).forEach(this::look);
    }

    private void dependency(Element dependency) {
        expectPinned(dependency);
        Node list = dependency.getParentNode();
        if (!(list.getParentNode() instanceof Element owner
                && owner.getTagName().equals("dependencyManagement"))) {
            expectReason(dependency, "dependency " + name(dependency));
        }
    }

    private void plugin(Element plugin) {
        expectPinned(plugin);
        if (plugins.add(name(plugin))) {
            expectReason(plugin, "plugin " + name(plugin));
        }
    }

    private void expectReason(Element element, String what) {
        Node before = element.getPreviousSibling();
        while (before != null && before.getNodeType() == Node.TEXT_NODE) {
            before = before.getPreviousSibling();
        }
        if (before == null
                || before.getNodeType() != Node.COMMENT_NODE
                || before.getTextContent().isBlank()) {
            missing.add(file + ": " + what + " (expected: a comment right before it that says why it is there)");
        }
    }

    private void expectPinned(Element element) {
        String version = text(element, "version");
        if (version != null && !version.matches("\\$\\{[^}]+}")) {
            missing.add(file + ": version " + version + " of " + name(element)
                    + " (expected: a property, which has its reason)");
        }
    }

    private static String name(Element element) {
        return text(element, "groupId") + ":" + text(element, "artifactId");
    }

    private static @Nullable String text(Element element, String tag) {
        return children(element).stream()
                .filter(child -> child.getTagName().equals(tag))
                .map(Element::getTextContent)
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element element) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = element.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child) {
                found.add(child);
            }
        }
        return found;
    }

    private static Element root(String xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("no pom: " + xml, e);
        }
    }
}
