namespace Relocation.Testing.Backups;

/// <summary>Decides which keys messages show: text may be personal data, numbers and Guids are not.</summary>
internal static class ShownKey
{
    internal static RecordKey? Of(RecordKey key, bool includeValues) =>
        includeValues || key.Parts.All(part => part.Kind != RecordKeyKind.Text) ? key : null;
}
