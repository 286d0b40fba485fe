using System.Globalization;
using System.Text;

namespace Relocation.Testing.Comparing.Reports;

/// <summary>Writes findings as Python's <c>json.dumps(sort_keys=True, indent=2)</c> does, byte for byte.</summary>
/// <remarks>No encoder of .NET leaves quotes, signs and angle brackets alone and escapes all else beyond ASCII in lower case.</remarks>
internal static class FindingJson
{
    internal static string Write(Finding finding) => Write(new StringBuilder(), finding, 0).ToString();

    internal static string Write(IReadOnlyCollection<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return "[]";
        }

        var text = new StringBuilder("[");
        foreach (var finding in findings)
        {
            text.Append(text.Length == 1 ? "\n  " : ",\n  ");
            Write(text, finding, 2);
        }

        return text.Append("\n]").ToString();
    }

    private static StringBuilder Write(StringBuilder text, Finding finding, int indent)
    {
        var line = "\n" + new string(' ', indent + 2);
        text.Append('{').Append(line);
        if (finding.Field is { } field)
        {
            String(text.Append("\"field\": "), field);
            text.Append(',').Append(line);
        }

        String(text.Append("\"finding\": "), finding.Name);
        String(text.Append(',').Append(line).Append("\"kind\": "), finding.Kind.ToString());
        Key(text.Append(',').Append(line).Append("\"left_pk\": "), finding.LeftPk, line);
        Value(text, "left_value", finding.LeftValue, line);
        String(text.Append(',').Append(line).Append("\"on\": {").Append(line).Append("  \"model\": "), finding.On?.Model.Value);
        text.Append(',').Append(line).Append("  \"ordinal\": ");
        text.Append(finding.On?.Ordinal is { } ordinal ? ordinal.ToString(CultureInfo.InvariantCulture) : "null").Append(line).Append('}');
        String(text.Append(',').Append(line).Append("\"reason\": "), finding.Reason);
        Key(text.Append(',').Append(line).Append("\"right_pk\": "), finding.RightPk, line);
        Value(text, "right_value", finding.RightValue, line);
        return text.Append('\n').Append(' ', indent).Append('}');
    }

    /// <summary>What Sentry's own findings do not have is left out where it is not there.</summary>
    private static void Value(StringBuilder text, string name, string? value, string line)
    {
        if (value is not null)
        {
            String(text.Append(',').Append(line).Append('"').Append(name).Append("\": "), value);
        }
    }

    private static void Key(StringBuilder text, RecordKey? key, string line)
    {
        switch (key)
        {
            case null:
                text.Append("null");
                break;
            case { Kind: RecordKeyKind.Integer } integer:
                text.Append(CultureInfo.InvariantCulture, $"{integer.AsInteger()}");
                break;
            case { Kind: RecordKeyKind.Guid } guid:
                String(text, guid.AsGuid().ToString());
                break;
            case { Kind: RecordKeyKind.Text } name:
                String(text, name.AsText());
                break;
            case { } composite:
                text.Append('[');
                for (var part = 0; part < composite.Parts.Count; part++)
                {
                    Key(text.Append(part == 0 ? string.Empty : ",").Append(line).Append("  "), composite.Parts[part], line + "  ");
                }

                text.Append(line).Append(']');
                break;
        }
    }

    private static void String(StringBuilder text, string? value)
    {
        if (value is null)
        {
            text.Append("null");
            return;
        }

        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                >= ' ' and <= '~' => text.Append(character),
                (char)0x7F => text.Append(character),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        text.Append('"');
    }
}
