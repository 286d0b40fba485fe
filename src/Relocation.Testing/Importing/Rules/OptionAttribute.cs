using System.Reflection;

namespace Relocation.Testing.Importing.Rules;

/// <summary>Describes an option where it is declared. Fingerprints and keys are worked out of it.</summary>
/// <param name="kind">What depends on the option.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionAttribute(OptionKind kind) : Attribute
{
    internal OptionKind Kind { get; } = kind;

    /// <summary>What the command line calls it in messages, or null.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether an interrupted import goes on only with the same value.</summary>
    internal bool IsInFingerprint => Kind is OptionKind.Rows or OptionKind.Chunks;

    /// <summary>Whether a stored baseline serves only who has the same value.</summary>
    internal bool IsInBaselineKey => Kind is not (OptionKind.Chunks or OptionKind.Watching);

    /// <summary>The options of a type with their descriptions. One that has none counts as what everything depends on.</summary>
    internal static IEnumerable<(PropertyInfo Property, OptionAttribute Option)> Of(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.SetMethod is not null)
            .Select(property => (property, property.GetCustomAttribute<OptionAttribute>() ?? new OptionAttribute(OptionKind.Rows)));
}
