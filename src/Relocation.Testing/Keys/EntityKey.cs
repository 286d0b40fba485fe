using System.Globalization;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>A primary key as an entity holds it: of an integer type, a Guid, a string, an id of the application's own, or several of those.</summary>
/// <remarks>A cast makes it an <see cref="int"/>, a <see cref="long"/>, a <see cref="Guid"/> or a <see cref="string"/>.</remarks>
public readonly struct EntityKey : IEquatable<EntityKey>
{
    private readonly object[]? _values;

    internal EntityKey(object[] values) => _values = values;

    /// <summary>The key's values, in the order of the entity's key properties, for <c>context.FindAsync</c>.</summary>
    public IReadOnlyList<object> Values => _values ?? [];

    /// <summary>The value of a key of one property.</summary>
    /// <exception cref="InvalidOperationException">The key has several.</exception>
    public object Value => _values is [var only] ? only : throw KeyErrors.KeyIsComposite(this);

    /// <summary>The key's value as another type, for example an id of the application's own.</summary>
    /// <typeparam name="TKey">The type.</typeparam>
    /// <exception cref="InvalidCastException">The value is of another type, or too large for it.</exception>
    /// <exception cref="InvalidOperationException">The key has several values.</exception>
    public TKey As<TKey>()
    {
        if (Value is TKey key)
        {
            return key;
        }

        var type = Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey);
        if (IsInteger(Value.GetType()) && IsInteger(type))
        {
            try
            {
                return (TKey)Convert.ChangeType(Value, type, CultureInfo.InvariantCulture);
            }
            catch (OverflowException exception)
            {
                throw KeyErrors.KeyOfOtherType(this, typeof(TKey), exception);
            }
        }

        throw KeyErrors.KeyOfOtherType(this, typeof(TKey), null);
    }

    /// <summary>The key as an integer of 32 bits.</summary>
    /// <exception cref="InvalidCastException">The key is not an integer of 32 bits.</exception>
    public int ToInt32() => As<int>();

    /// <summary>The key as an integer of 64 bits.</summary>
    /// <exception cref="InvalidCastException">The key is not an integer of 64 bits.</exception>
    public long ToInt64() => As<long>();

    /// <summary>The key as a Guid.</summary>
    /// <exception cref="InvalidCastException">The key is not a Guid.</exception>
    public Guid ToGuid() => As<Guid>();

    /// <summary>Whether both keys have the same values.</summary>
    /// <param name="other">The key to compare with.</param>
    public bool Equals(EntityKey other) => Values.SequenceEqual(other.Values);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is EntityKey other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Values.Count == 0 ? 0 : Values[0].GetHashCode();

    /// <summary>The value, or the values in brackets.</summary>
    public override string ToString() =>
        _values is [var only] ? Shown(only) : $"({string.Join(",", Values.Select(Shown))})";

    /// <summary>The key as an integer of 32 bits.</summary>
    /// <param name="key">The key.</param>
    public static explicit operator int(EntityKey key) => key.ToInt32();

    /// <summary>The key as an integer of 64 bits.</summary>
    /// <param name="key">The key.</param>
    public static explicit operator long(EntityKey key) => key.ToInt64();

    /// <summary>The key as a Guid.</summary>
    /// <param name="key">The key.</param>
    public static explicit operator Guid(EntityKey key) => key.ToGuid();

    /// <summary>The key as text.</summary>
    /// <param name="key">The key.</param>
    public static explicit operator string(EntityKey key) => key.As<string>();

    /// <summary>Whether both keys have the same values.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator ==(EntityKey left, EntityKey right) => left.Equals(right);

    /// <summary>Whether the keys' values differ.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">A key.</param>
    public static bool operator !=(EntityKey left, EntityKey right) => !left.Equals(right);

    private static string Shown(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    private static bool IsInteger(Type type) =>
        Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64 && !type.IsEnum;
}
