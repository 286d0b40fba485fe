using System.Globalization;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Where in an event something is. The text is made only where something is wrong.</summary>
/// <param name="Name">The attribute, or the path to a list.</param>
/// <param name="Index">The place in the list, or -1.</param>
/// <param name="Member">What of the element, or null for all of it.</param>
internal readonly record struct EventPath(string Name, int Index = -1, string? Member = null)
{
    public static implicit operator EventPath(string name) => new(name);

    public override string ToString() => Index < 0 ? Name
        : Member is null ? string.Create(CultureInfo.InvariantCulture, $"{Name}.{Index}")
        : string.Create(CultureInfo.InvariantCulture, $"{Name}.{Index}.{Member}");
}
