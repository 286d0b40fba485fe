namespace Relocation.Testing.Backups;

/// <summary>The members of a record.</summary>
internal enum RecordMember
{
    Unknown,
    Model,
    Key,
    Fields,
}
