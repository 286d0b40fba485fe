using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>Says in an EF Core model what older backups hold that no entity stands for.</summary>
public static class RelocationModelBuilderExtensions
{
    /// <summary>Says which labels of older backups the model has no more. Their records are left out, and reported as dropped.</summary>
    /// <param name="model">The model's builder.</param>
    /// <param name="labels">The labels; they are added to those that were given before.</param>
    /// <exception cref="FormatException">One of <paramref name="labels"/> is no label.</exception>
    public static ModelBuilder IgnoresBackupLabel(this ModelBuilder model, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labels);
        model.Model.AddTexts(BackupAnnotations.DroppedLabels, labels.Select(label => ModelLabel.Parse(label).Value));
        return model;
    }
}
