namespace Relocation.Testing.Specification.Chaos;

/// <summary>What a bad test does to its database.</summary>
public enum BadDeed
{
    DropTable,
    MakeTable,
    AddColumn,
    DropColumn,
    MakeIndex,
    MakeView,
    LeaveTransaction,
    LeaveReader,
    WriteAfterItsTime,
    DeleteDatabase,
    EndSessions,
    FillDisk,
    EndProcess,
}
