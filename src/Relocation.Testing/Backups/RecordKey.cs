using System.Globalization;
using Relocation.Testing.Texts;

namespace Relocation.Testing;

/// <summary>A primary key: an integer, a Guid, a text, or a sequence of those.</summary>
/// <remarks>
/// Keys compare by kind and value; integers sort as numbers. The text form is what snapshots show: integers and Guids
/// plain, text in double quotes with JSON's escapes, composite keys as <c>(1,"a")</c>.
/// </remarks>
public readonly struct RecordKey : IEquatable<RecordKey>, IComparable<RecordKey>
{
    private readonly object? _reference;
    private readonly long _integer;

    private RecordKey(object? reference, long integer)
    {
        _reference = reference;
        _integer = integer;
    }

    /// <summary>What the key is made of.</summary>
    public RecordKeyKind Kind => _reference switch
    {
        null => RecordKeyKind.Integer,
        Guid => RecordKeyKind.Guid,
        string => RecordKeyKind.Text,
        _ => RecordKeyKind.Composite,
    };

    /// <summary>The parts of a composite key; any other key is its own only part.</summary>
    public IReadOnlyList<RecordKey> Parts => _reference as RecordKey[] ?? [this];

    /// <summary>How many parts there are; with <see cref="Part"/> they are seen without a list being made.</summary>
    internal int PartCount => _reference is RecordKey[] parts ? parts.Length : 1;

    /// <summary>Makes an integer key.</summary>
    /// <param name="value">The key.</param>
    public static RecordKey From(long value) => new(null, value);

    /// <summary>Makes a Guid key.</summary>
    /// <param name="value">The key.</param>
    public static RecordKey From(Guid value) => new(value, 0);

    /// <summary>Makes a text key.</summary>
    /// <param name="value">The key.</param>
    public static RecordKey From(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new RecordKey(value, 0);
    }

    /// <summary>Makes a composite key.</summary>
    /// <param name="parts">At least two keys, none of them composite.</param>
    /// <exception cref="ArgumentException">There are fewer than two parts, or one is composite itself.</exception>
    public static RecordKey From(IReadOnlyList<RecordKey> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count < 2 || parts.Any(part => part.Kind == RecordKeyKind.Composite))
        {
            throw new ArgumentException("A composite key has at least two parts, none of them composite.", nameof(parts));
        }

        return new RecordKey(parts.ToArray(), 0);
    }

    internal RecordKey Part(int index) => _reference is RecordKey[] parts ? parts[index] : this;

    /// <summary>The key as an integer.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public long AsInteger() => _reference is null ? _integer : throw WrongKind(RecordKeyKind.Integer);

    /// <summary>The key as a Guid.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public Guid AsGuid() => _reference is Guid guid ? guid : throw WrongKind(RecordKeyKind.Guid);

    /// <summary>The key as text.</summary>
    /// <exception cref="InvalidOperationException">The key is of another kind.</exception>
    public string AsText() => _reference as string ?? throw WrongKind(RecordKeyKind.Text);

    /// <summary>Whether two keys are of one kind and value.</summary>
    /// <param name="other">The key to compare with.</param>
    public bool Equals(RecordKey other) => (_reference, other._reference) switch
    {
        (null, null) => _integer == other._integer,
        (RecordKey[] left, RecordKey[] right) => left.AsSpan().SequenceEqual(right),
        _ => Equals(_reference, other._reference),
    };

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        switch (_reference)
        {
            case null:
                return _integer.GetHashCode();
            case RecordKey[] parts:
                var hash = new HashCode();
                foreach (var part in parts)
                {
                    hash.Add(part);
                }

                return hash.ToHashCode();
            default:
                return _reference.GetHashCode();
        }
    }

    /// <summary>Orders keys: by kind, then by value; text by code point, composite keys part by part.</summary>
    /// <param name="other">The key to compare with.</param>
    public int CompareTo(RecordKey other)
    {
        switch (_reference, other._reference)
        {
            case (null, null):
                return _integer.CompareTo(other._integer);
            case (Guid left, Guid right):
                return left.CompareTo(right);
            case (string left, string right):
                return string.CompareOrdinal(left, right);
            case (RecordKey[] left, RecordKey[] right):
                return left.AsSpan().SequenceCompareTo(right);
            default:
                return Kind.CompareTo(other.Kind);
        }
    }

    /// <summary>The key as snapshots show it.</summary>
    public override string ToString() => _reference switch
    {
        null => _integer.ToString(CultureInfo.InvariantCulture),
        Guid guid => guid.ToString(),
        string text => Quote(text),
        RecordKey[] parts => $"({string.Join(',', parts)})",
        _ => string.Empty,
    };

    /// <summary>Whether two keys are the same.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator ==(RecordKey left, RecordKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator !=(RecordKey left, RecordKey right) => !left.Equals(right);

    /// <summary>Whether one key comes before another.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator <(RecordKey left, RecordKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether one key comes before another, or is the same.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator <=(RecordKey left, RecordKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one key comes after another.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator >(RecordKey left, RecordKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether one key comes after another, or is the same.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator >=(RecordKey left, RecordKey right) => left.CompareTo(right) >= 0;

    private static string Quote(string text) =>
        "\"" + ShownText.Json(System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)) + "\"";

    private InvalidOperationException WrongKind(RecordKeyKind wanted) =>
        new($"The key is of kind {Kind}, not {wanted}.");
}
