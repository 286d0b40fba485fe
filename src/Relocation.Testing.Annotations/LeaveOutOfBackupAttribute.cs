namespace Relocation.Testing;

/// <summary>
/// Leaves an entity or a property out of backups: it is not exported, records and values of it are left out and reported as dropped, and the
/// column takes what the database gives it. Parts of keys cannot be left out.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class LeaveOutOfBackupAttribute : Attribute;
