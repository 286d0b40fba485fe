using System.Globalization;
using System.Text.RegularExpressions;
using static System.FormattableString;

namespace Relocation.Testing.Conditions;

/// <summary>
/// Brings SQL conditions of both engines into one form: a piece a word, columns as <c>@c0</c>, values as <c>@v0</c>, without the casts
/// and arrays of PostgreSQL. What has a simple shape then is read; the rest is left to <see cref="CheckDatabase"/>.
/// </summary>
internal sealed partial class ConditionReader
{
    private readonly List<object> _values = [];
    private readonly List<RelocationField> _fields;
    private readonly DateOnly _today;

    private ConditionReader(RelocationEntity entity, DateOnly today) => (_fields, _today) = (FieldsOf(entity), today);

    /// <summary>An entity's columns, whose places in the list are their names in conditions.</summary>
    internal static List<RelocationField> FieldsOf(RelocationEntity entity) => [.. entity.Key.Fields.Concat(entity.Fields)];

    /// <summary>Reads the conditions that a check joins by AND. Given a day for today, values do not depend on it.</summary>
    internal static IReadOnlyList<CheckPart> Read(RelocationEntity entity, string check, string sql, DateOnly today)
    {
        var reader = new ConditionReader(entity, today);
        return [.. Split(reader.Normalize(sql)).Select(part => reader.PartOf(check, part))];
    }

    private CheckPart PartOf(string check, string part)
    {
        var places = Place().Matches(part);
        var shape = Shape().Match(part);
        var written = shape.Groups["op"].Value;
        return new CheckPart(
            check,
            Place().Replace(part, place => place.Value[1] == 'c' ? place.Value[1..] : Literal(ValueAt(place))),
            [.. places.Where(place => place.Value[1] == 'c').Select(place => _fields[NumberOf(place)].Name).Distinct()],
            [.. places.Where(place => place.Value[1] == 'v').Select(ValueAt).Distinct()],
            !shape.Success ? null : written is "=" or "==" ? "IN" : written,
            shape.Groups["l"].Success);
    }

    private string Normalize(string sql)
    {
        var text = string.Join(' ', Pieces().Matches(sql).Select(PieceOf));
        text = Casts().Replace(Qualifiers().Replace(text, string.Empty), string.Empty);
        text = Negatives().Replace(text, number => Add(-(decimal)ValueAt(number)));
        for (var before = string.Empty; before != text;)
        {
            before = text;
            text = Brackets().Replace(text, "$1");
        }

        text = Arrays().Replace(text, list => $"{(list.Value[0] == '=' ? "IN" : "NOT IN")} ( {list.Groups[1]} )");
        return DateCasts().Replace(Betweens().Replace(text, "( $1 >= $2 AND $1 <= $3 )"), "$1");
    }

    private string PieceOf(Match piece)
    {
        var text = piece.Value;
        switch (text[0])
        {
            case '\'' when text.Length > 1:
                return Add(text[1..^1].Replace("''", "'", StringComparison.Ordinal));
            case >= '0' and <= '9':
                return Add(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            case '"' or '`' or '[' when text.Length > 1:
                // In brackets SQLite does not take the name of no column for a text.
                return ColumnOf(text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)) ?? $"[{text[1..^1]}]";
            default:
                return (piece.Groups[1].Success ? null : ColumnOf(text)) ?? WordOf(text.ToUpperInvariant());
        }
    }

    private string WordOf(string word) => word switch
    {
        "TRUE" or "FALSE" => Add(word == "TRUE"),
        "CURRENT_DATE" or "CURRENT_TIMESTAMP" => Add(Invariant($"{_today:yyyy-MM-dd}")),
        "CHAR_LENGTH" or "CHARACTER_LENGTH" => "LENGTH",
        "~~" => "LIKE",
        "!~~" => "NOT LIKE",
        "~" => "REGEXP",
        "!~" => "NOT REGEXP",
        _ => word,
    };

    private string? ColumnOf(string name)
    {
        var index = _fields.FindIndex(field => field.Column == name);
        index = index >= 0 ? index : _fields.FindIndex(field => field.Column.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : Invariant($"@c{index}");
    }

    private string Add(object value)
    {
        _values.Add(value);
        return Invariant($"@v{_values.Count - 1}");
    }

    private static string Literal(object value) =>
        value is string text ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : Invariant($"{value}");

    private static int NumberOf(Match place) => int.Parse(place.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private object ValueAt(Match place) => _values[NumberOf(place)];

    /// <summary>The conditions that stand side by side with AND between them, outside of any brackets but those around all.</summary>
    private static IEnumerable<string> Split(string text)
    {
        var words = text.Split(' ');
        var (depth, start, hasOuter, parts) = (0, 0, words[0] == "(", new List<string>());
        for (var index = 0; index < words.Length; index++)
        {
            depth += words[index] == "(" ? 1 : words[index] == ")" ? -1 : 0;
            hasOuter &= depth > 0 || index == words.Length - 1;
            if (depth == 0 && words[index] is "OR" or "BETWEEN" or "CASE" or "AND")
            {
                parts.Add(words[index] == "AND" ? string.Join(' ', words[start..index]) : text);
                start = index + 1;
            }
        }

        return hasOuter ? Split(string.Join(' ', words[1..^1]))
            : parts.Count == 0 || parts.Contains(text) ? [text]
            : parts.Append(string.Join(' ', words[start..])).SelectMany(Split);
    }

    /// <summary>A text, a quoted name, a word (before a bracket it is no column's), a number or a sign.</summary>
    [GeneratedRegex(
        """'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|(?<!ARRAY\s*)\[[\p{L}_][^\]]*\]|([\p{L}_][\w$]*)(?=\s*\()|"""
        + """[\p{L}_][\w$]*|\d+(?:\.\d*)?(?:e[+-]?\d+)?|::|<=|>=|<>|!=|==|!?~~?|\|\||->>?|\S""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();

    /// <summary>A table's name before a column's, and a type's name before a text.</summary>
    [GeneratedRegex(@"\S+ \. (?=@c)|(?:DATE|TIMESTAMPTZ|TIME(?:STAMP)?(?: WITH(?:OUT)? TIME ZONE)?|@c\d+) (?=@v)")]
    private static partial Regex Qualifiers();

    [GeneratedRegex(
        @" :: [@\w\[\]]+(?: \. [@\w\[\]]+)?(?: \( @v\d+(?: , @v\d+)? \))?"
        + @"(?: VARYING| PRECISION| WITH(?:OUT)? TIME ZONE)?(?: \( @v\d+ \))?(?: \[ \])*")]
    private static partial Regex Casts();

    [GeneratedRegex(@"(?<=(?:^|[(,=<>]|AND|OR|BETWEEN) )- @v(\d+)")]
    private static partial Regex Negatives();

    /// <summary>Brackets around a single column or value, which are no call's.</summary>
    [GeneratedRegex(@"(?<!\b(?!(?:AND|OR|NOT|BETWEEN|LIKE)\b)\w+ )\( (@[cv]\d+) \)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?:= ANY|(?:<>|!=) ALL) (?:(?<open>\( ))+ARRAY \[ ([^\]]*) \](?:(?<-open> \)))+(?(open)(?!))")]
    private static partial Regex Arrays();

    [GeneratedRegex(@"(@c\d+|LENGTH \( @c\d+ \)) BETWEEN (@[cv]\d+) AND (@[cv]\d+)(?= \)| AND| OR|$)")]
    private static partial Regex Betweens();

    [GeneratedRegex(@"CAST \( (@[cv]\d+) AS (?:DATE|TIME)[^()]* \)")]
    private static partial Regex DateCasts();

    [GeneratedRegex(@"@[cv](\d+)")]
    private static partial Regex Place();

    [GeneratedRegex(
        @"^(?:(?<l>LENGTH \( )?@c\d+(?(l) \)) (?<op>==?|<>|<=?|>=?|LIKE) @v\d+|@c\d+ (?<op>IN) \( (?:@v\d+(?: , )?)+ \)"
        + @"|@c\d+ (?<op>IS(?: NOT)? NULL)|(?<c>@c\d+) = (?<op>UPPER|LOWER) \( \k<c> \)|(?<op>UPPER|LOWER) \( (?<c>@c\d+) \) = \k<c>)$")]
    private static partial Regex Shape();
}
