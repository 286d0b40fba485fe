namespace Relocation.Testing;

/// <summary>What becomes of the database's own triggers on tables that an import writes to.</summary>
/// <remarks>
/// Triggers that put a row aside, remove it or give it another key make the import fail, whatever the policy, as long as they fire: no record is
/// counted that has no row.
/// </remarks>
public enum TriggerPolicy
{
    /// <summary>
    /// They fire. Rows of a table that refers to itself are written parents first, and with their references, as far as they form no ring. What
    /// triggers add is counted (<see cref="ImportResult.TriggeredRows"/>); a record of the backup that collides with such a row makes the import
    /// fail.
    /// </summary>
    Fire,

    /// <summary>
    /// They do not fire during the import, and are as they were afterwards, also when it fails: for backups that hold what triggers have made. On
    /// PostgreSQL this takes the owner of the tables.
    /// </summary>
    HoldBack,

    /// <summary>
    /// They fire, and a record whose unique values a row has that a trigger has made during the import is written over that row, which keeps its
    /// key. Sets with a policy of their own (<see cref="CollisionPolicy"/>) keep it; rows that were there before are not touched.
    /// </summary>
    Merge,
}
