namespace Relocation.Testing;

/// <summary>How far an export is.</summary>
/// <param name="Model">The model being exported.</param>
/// <param name="Records">How many records have been written, those of models before it included.</param>
/// <param name="Models">How many models are done.</param>
/// <param name="AllModels">How many models there are.</param>
public readonly record struct ExportProgress(ModelLabel Model, long Records, int Models, int AllModels);
