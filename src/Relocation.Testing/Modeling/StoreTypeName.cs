using System.Text;

namespace Relocation.Testing.Modeling;

/// <summary>The names of PostgreSQL's column types as the server itself writes them, whatever their case, blanks and aliases are.</summary>
internal static class StoreTypeName
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["int8"] = "bigint",
        ["int4"] = "integer",
        ["int"] = "integer",
        ["int2"] = "smallint",
        ["serial8"] = "bigint",
        ["bigserial"] = "bigint",
        ["serial4"] = "integer",
        ["serial"] = "integer",
        ["serial2"] = "smallint",
        ["smallserial"] = "smallint",
        ["float8"] = "double precision",
        ["float"] = "double precision",
        ["float4"] = "real",
        ["bool"] = "boolean",
        ["decimal"] = "numeric",
        ["dec"] = "numeric",
        ["varchar"] = "character varying",
        ["char varying"] = "character varying",
        ["national character varying"] = "character varying",
        ["nchar varying"] = "character varying",
        ["char"] = "character",
        ["bpchar"] = "character",
        ["nchar"] = "character",
        ["national character"] = "character",
        ["varbit"] = "bit varying",
        ["timestamp"] = "timestamp without time zone",
        ["timestamptz"] = "timestamp with time zone",
        ["time"] = "time without time zone",
        ["timetz"] = "time with time zone",
    };

    /// <summary>The type's canonical name. Names in quotes are not PostgreSQL's own, and stay as they are.</summary>
    internal static string Of(string text)
    {
        if (text.Contains('"', StringComparison.Ordinal))
        {
            return text;
        }

        // Facets stand after the first word: timestamp(3) with time zone.
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf(')', open);
        var facets = close < 0 ? string.Empty : string.Concat(text[open..(close + 1)].Where(letter => !char.IsWhiteSpace(letter)));
        var name = Squeezed(close < 0 ? text : $"{text[..open]} {text[(close + 1)..]}");
        var brackets = name.IndexOf('[', StringComparison.Ordinal);
        var array = brackets < 0 ? string.Empty : string.Concat(name[brackets..].Where(letter => letter != ' '));
        name = (brackets < 0 ? name : name[..brackets]).TrimEnd();
        if (name.StartsWith("pg_catalog.", StringComparison.Ordinal))
        {
            name = name["pg_catalog.".Length..];
        }

        name = Aliases.GetValueOrDefault(name, name);
        var zone = facets.Length > 0 && name.StartsWith("time", StringComparison.Ordinal) ? name.IndexOf(' ', StringComparison.Ordinal) : -1;
        return zone < 0 ? name + facets + array : name[..zone] + facets + name[zone..] + array;
    }

    private static string Squeezed(string text)
    {
        var squeezed = new StringBuilder(text.Length);
        foreach (var letter in text.Trim())
        {
            if (!char.IsWhiteSpace(letter))
            {
                squeezed.Append(char.ToLowerInvariant(letter));
            }
            else if (squeezed.Length > 0 && squeezed[^1] != ' ')
            {
                squeezed.Append(' ');
            }
        }

        return squeezed.ToString();
    }
}
