using System.Globalization;
using System.Text;
using System.Xml;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Comparing.Reports;

/// <summary>Writes findings as a JUnit report.</summary>
internal static class FindingJUnit
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", CheckCharacters = false, OmitXmlDeclaration = true };

    internal static string Write(string suite, IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, Settings))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Clean(suite));
            xml.WriteAttributeString("tests", Number(Math.Max(1, findings.Count)));
            xml.WriteAttributeString("failures", Number(findings.Count));
            xml.WriteAttributeString("errors", "0");
            for (var i = 0; i < findings.Count; i++)
            {
                WriteCase(xml, findings[i], i + 1);
            }

            if (findings.Count == 0)
            {
                xml.WriteStartElement("testcase");
                xml.WriteAttributeString("classname", "relocation");
                xml.WriteAttributeString("name", "no findings");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCase(XmlWriter xml, Finding finding, int number)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(finding.On?.Model.Value ?? "backup"));
        xml.WriteAttributeString("name", Clean($"{finding.Kind} {finding.On?.Ordinal?.ToString(CultureInfo.InvariantCulture) ?? "all"} #{Number(number)}"));
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", Clean(finding.Kind.ToString()));
        xml.WriteAttributeString("message", Clean(finding.Reason.Split('\n', 2)[0]));
        xml.WriteString(Clean(string.Join('\n', new[] { finding.ToString(), finding.LeftPlace?.ToString(), finding.RightPlace?.ToString() }.OfType<string>())));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text without what XML cannot hold and readers cannot see.</summary>
    private static string Clean(string text) => ShownText.Lines(text);
}
