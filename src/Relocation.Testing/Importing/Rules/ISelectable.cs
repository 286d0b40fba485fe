namespace Relocation.Testing.Importing;

/// <summary>Where a <see cref="SelectedRecord"/> has its key and values from.</summary>
internal interface ISelectable
{
    RecordKey KeyOf(int rank);

    object? ValueOf(int rank, string field);

    void LeaveOut(int rank, string reason);
}
