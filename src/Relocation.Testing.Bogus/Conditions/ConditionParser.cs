using System.Globalization;

namespace Relocation.Testing.Conditions;

/// <summary>
/// Reads the conditions that models usually have: comparisons of a column, or of its length, with a value or another column, IN,
/// BETWEEN, LIKE, IS NULL, and these with AND, OR and NOT, in the dialects of both engines.
/// </summary>
internal sealed class ConditionParser
{
    private static readonly string[] TypeWords = ["varying", "precision", "without", "with", "time", "zone"];

    private readonly IReadOnlyList<SqlToken> _tokens;
    private readonly RelocationEntity _entity;
    private int _position;

    private ConditionParser(IReadOnlyList<SqlToken> tokens, RelocationEntity entity)
    {
        _tokens = tokens;
        _entity = entity;
    }

    private SqlToken Current => _position < _tokens.Count ? _tokens[_position] : default;

    /// <summary>Reads a condition over an entity's columns, which become the names of their fields.</summary>
    /// <returns>The condition, or null when it is none that values can be made for.</returns>
    internal static Condition? Parse(string sql, RelocationEntity entity)
    {
        if (SqlTokens.Read(sql) is not { } tokens)
        {
            return null;
        }

        var parser = new ConditionParser(tokens, entity);
        try
        {
            var condition = parser.ReadAny();
            return parser.Current.Kind == SqlTokenKind.End ? condition : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The fields whose columns an SQL text names, whether it can be parsed or not.</summary>
    internal static IEnumerable<string> FieldsIn(string sql, RelocationEntity entity) =>
        (SqlTokens.Read(sql) ?? Words(sql)).Select(token => FieldOf(entity, token)?.Name).OfType<string>().Distinct();

    private static IReadOnlyList<SqlToken> Words(string sql) =>
        [.. sql.Split([.. sql.Where(letter => !char.IsLetterOrDigit(letter) && letter != '_').Distinct()], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new SqlToken(SqlTokenKind.Word, word))];

    private static RelocationField? FieldOf(RelocationEntity entity, SqlToken token)
    {
        return token.Kind switch
        {
            SqlTokenKind.Name => Find(StringComparison.Ordinal) ?? Find(StringComparison.OrdinalIgnoreCase),
            SqlTokenKind.Word => Find(StringComparison.OrdinalIgnoreCase),
            _ => null,
        };

        RelocationField? Find(StringComparison comparison) =>
            entity.Key.Fields.Concat(entity.Fields).FirstOrDefault(field => field.Column.Equals(token.Text, comparison));
    }

    private static FormatException Unknown() => new("The condition is none that values can be made for.");

    private bool Take(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Demand(string text)
    {
        if (!Take(text))
        {
            throw Unknown();
        }
    }

    private Condition ReadAny() => ReadList("OR", ReadAll, static parts => new Condition.Any(parts));

    private Condition ReadAll() => ReadList("AND", ReadNot, static parts => new Condition.All(parts));

    private Condition ReadList(string word, Func<Condition> read, Func<IReadOnlyList<Condition>, Condition> join)
    {
        var parts = new List<Condition> { read() };
        while (Take(word))
        {
            parts.Add(read());
        }

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private Condition ReadNot() => Take("NOT") ? new Condition.Not(ReadNot()) : ReadTest();

    private Condition ReadTest()
    {
        var start = _position;
        if (Take("("))
        {
            // A bracket holds a whole condition or only a column; which one shows at its end.
            try
            {
                var inner = ReadAny();
                Demand(")");
                if (!StartsTail())
                {
                    return inner;
                }
            }
            catch (FormatException)
            {
                // It is read again as an operand.
            }

            _position = start;
        }

        return ReadTail(ReadOperand());
    }

    private bool StartsTail() =>
        ComparisonOf(Current) is not null || Current.Is("IS") || Current.Is("IN") || Current.Is("BETWEEN") || Current.Is("LIKE")
        || Current.Is("::") || (Current.Is("NOT") && _position + 1 < _tokens.Count && !_tokens[_position + 1].Is("("));

    private Condition ReadTail(Operand left)
    {
        if (ComparisonOf(Current) is { } comparison)
        {
            _position++;
            return ReadComparison(left, comparison);
        }

        if (Take("IS"))
        {
            return ReadIs(left.Plain());
        }

        var isNegated = Take("NOT");
        if (Take("IN"))
        {
            Demand("(");
            return new Condition.Listed(left.Plain(), ReadValues(")"), isNegated);
        }

        if (Take("BETWEEN"))
        {
            var least = Compare(left, Comparison.GreaterOrEqual, ReadOperand());
            Demand("AND");
            Condition between = new Condition.All([least, Compare(left, Comparison.LessOrEqual, ReadOperand())]);
            return isNegated ? new Condition.Not(between) : between;
        }

        if (Take("LIKE"))
        {
            return ReadOperand() is { Value: string pattern }
                ? new Condition.Like(left.Plain(), pattern, isNegated)
                : throw Unknown();
        }

        return isNegated ? throw Unknown() : new Condition.Compared(left.Plain(), IsLength: false, Comparison.Equal, Value: true);
    }

    private Condition ReadIs(string column)
    {
        var isNegated = Take("NOT");
        if (Take("NULL"))
        {
            return new Condition.Null(column, !isNegated);
        }

        if (!Current.Is("TRUE") && !Current.Is("FALSE"))
        {
            throw Unknown();
        }

        // Unlike a comparison, IS is false and not unknown when the column is null.
        Condition isValue = new Condition.All(
            [new Condition.Null(column, IsNull: false), new Condition.Compared(column, IsLength: false, Comparison.Equal, Current.Is("TRUE"))]);
        _position++;
        return isNegated ? new Condition.Not(isValue) : isValue;
    }

    private Condition ReadComparison(Operand left, Comparison comparison)
    {
        if (comparison is Comparison.Equal or Comparison.NotEqual && (Current.Is("ANY") || Current.Is("ALL")))
        {
            var isNegated = Current.Is("ALL");
            _position++;
            if (isNegated != (comparison == Comparison.NotEqual))
            {
                throw Unknown();
            }

            return new Condition.Listed(left.Plain(), ReadArray(), isNegated);
        }

        return Compare(left, comparison, ReadOperand());
    }

    /// <summary>Reads <c>(ARRAY['a'::text, 'b'::text])</c>, with any casts and brackets around it.</summary>
    private List<object> ReadArray()
    {
        var depth = 0;
        for (; Take("("); depth++)
        {
            // Brackets around the list mean nothing.
        }

        Demand("ARRAY");
        Demand("[");
        var values = ReadValues("]");
        SkipCast();
        for (; depth > 0; depth--)
        {
            Demand(")");
            SkipCast();
        }

        return values;
    }

    private List<object> ReadValues(string end)
    {
        var values = new List<object>();
        do
        {
            values.Add(ReadOperand().Value ?? throw Unknown());
        }
        while (Take(","));
        Demand(end);
        return values;
    }

    private static Condition Compare(Operand left, Comparison comparison, Operand right) => (left, right) switch
    {
        ({ Column: { } column, Function: var function }, { Value: { } value }) when function is null or "length" =>
            new Condition.Compared(column, function is not null, comparison, value),
        ({ Value: not null }, { Column: not null }) => Compare(right, comparison.Mirrored(), left),
        ({ Column: { } column, Function: null }, { Column: { } other, Function: null }) => new Condition.Related(column, comparison, other),
        ({ Column: { } column, Function: null }, { Function: "upper" or "lower" }) when comparison == Comparison.Equal && right.Column == column =>
            new Condition.Cased(column, right.Function == "upper"),
        ({ Function: "upper" or "lower" }, { Function: null }) when comparison == Comparison.Equal => Compare(right, comparison, left),
        _ => throw Unknown(),
    };

    private Operand ReadOperand()
    {
        var operand = ReadBareOperand();
        SkipCast();
        return operand;
    }

    private Operand ReadBareOperand()
    {
        if (Take("("))
        {
            var inner = ReadOperand();
            Demand(")");
            return inner;
        }

        if (Current.Is("-") || Current.Is("+"))
        {
            var sign = Current.Is("-") ? -1 : 1;
            _position++;
            return ReadBareOperand() is { Value: decimal number } ? new Operand(Value: sign * number) : throw Unknown();
        }

        var token = Current;
        _position++;
        switch (token.Kind)
        {
            case SqlTokenKind.Number:
                return new Operand(Value: decimal.Parse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
            case SqlTokenKind.Text:
                return new Operand(Value: token.Text);
            case SqlTokenKind.Word or SqlTokenKind.Name:
                return ReadNamed(token);
            default:
                throw Unknown();
        }
    }

    private Operand ReadNamed(SqlToken token)
    {
        if (token.Kind == SqlTokenKind.Word && Current.Is("("))
        {
            return ReadCall(token.Text.ToLowerInvariant());
        }

        if (token.Is("DATE") || token.Is("TIMESTAMP") || token.Is("TIMESTAMPTZ") || token.Is("TIME"))
        {
            SkipTypeWords();
            if (Current.Kind == SqlTokenKind.Text)
            {
                _position++;
                return new Operand(Value: _tokens[_position - 1].Text);
            }
        }

        while (Take("."))
        {
            // A table's name before the column's says nothing new.
            token = Current;
            _position++;
        }

        if (FieldOf(_entity, token) is { } field)
        {
            return new Operand(Column: field.Name);
        }

        return token.Is("TRUE") || token.Is("FALSE") ? new Operand(Value: token.Is("TRUE")) : throw Unknown();
    }

    private Operand ReadCall(string name)
    {
        Demand("(");
        var inner = ReadOperand();
        if (name == "cast")
        {
            Demand("AS");
            _position++;
            SkipTypeWords();
        }

        Demand(")");
        return (name, inner) switch
        {
            ("cast", _) => inner,
            ("length" or "char_length" or "character_length", { Column: not null, Function: null }) => inner with { Function = "length" },
            ("upper" or "lower", { Column: not null, Function: null }) => inner with { Function = name },
            _ => throw Unknown(),
        };
    }

    private void SkipCast()
    {
        while (Take("::"))
        {
            _position++;
            SkipTypeWords();
        }
    }

    /// <summary>Skips what follows the first word of a type: more words, sizes, and brackets of arrays.</summary>
    private void SkipTypeWords()
    {
        while (TypeWords.Any(Current.Is))
        {
            _position++;
        }

        if (Current.Is("(") && _position + 1 < _tokens.Count && _tokens[_position + 1].Kind == SqlTokenKind.Number)
        {
            while (!Take(")"))
            {
                _position = Current.Kind == SqlTokenKind.End ? throw Unknown() : _position + 1;
            }
        }

        while (Take("["))
        {
            Demand("]");
        }
    }

    private static Comparison? ComparisonOf(SqlToken token) => token.Kind != SqlTokenKind.Sign ? null : token.Text switch
    {
        "=" or "==" => Comparison.Equal,
        "<>" or "!=" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        ">=" => Comparison.GreaterOrEqual,
        _ => null,
    };

    /// <summary>One side of a comparison: a column, perhaps within a function, or a value.</summary>
    private readonly record struct Operand(string? Column = null, string? Function = null, object? Value = null)
    {
        internal string Plain() => Function is null && Column is { } column ? column : throw Unknown();
    }
}
