namespace Relocation.Testing.Importing.Policies;

/// <summary>The values of one unique set, comparable with those of other records.</summary>
internal readonly struct UniqueValues : IEquatable<UniqueValues>
{
    private readonly object[] _values;

    private UniqueValues(object[] values) => _values = values;

    /// <summary>The values as the set compares them, or null when one of them is null, which equals nothing.</summary>
    internal static UniqueValues? Of(UniqueCheck check, IReadOnlyList<object?> values)
    {
        var fields = check.Lookups[0].Fields;
        var compared = new object[fields.Count];
        for (var i = 0; i < compared.Length; i++)
        {
            if (values[i] is not { } value)
            {
                return null;
            }

            compared[i] = value switch
            {
                string text when check.IgnoresCase || fields[i].IgnoresCase => text.ToLowerInvariant(),
                byte[] bytes => Convert.ToHexString(bytes),
                _ => value,
            };
        }

        return new UniqueValues(compared);
    }

    public bool Equals(UniqueValues other) => _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => obj is UniqueValues other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
