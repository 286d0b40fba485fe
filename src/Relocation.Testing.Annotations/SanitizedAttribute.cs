namespace Relocation.Testing;

/// <summary>Says how sanitising replaces a property's values, as <c>IsSanitized</c> does.</summary>
/// <param name="kind">How they are replaced; <see cref="SanitizeKind.Keep"/> says that they tell nothing about anybody.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SanitizedAttribute(SanitizeKind kind) : Attribute
{
    /// <summary>How the values are replaced.</summary>
    public SanitizeKind Kind { get; } = kind;
}
