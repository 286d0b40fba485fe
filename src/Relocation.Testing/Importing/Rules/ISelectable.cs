namespace Relocation.Testing.Importing.Rules;

/// <summary>Where a <see cref="SelectedRecord"/> has its key and values from.</summary>
internal interface ISelectable
{
    public RecordKey KeyOf(int rank);

    public object? ValueOf(int rank, string field);

    public void LeaveOut(int rank, string reason);
}
