"""Makes the files beside it with trimesh: meshes and points as others write them.

Run as: python make_objects.py   (trimesh 4.6.8 and numpy made the files that are committed)
"""

import json
import pathlib

import numpy as np
import trimesh

folder = pathlib.Path(__file__).parent
ball = trimesh.creation.icosphere(subdivisions=1, radius=1.5)
ball.apply_translation([10, -2, 0.25])
ball.visual.vertex_colors = np.array(
    [[i * 6, 255 - i * 6, i * 3 % 256, 255] for i in range(len(ball.vertices))], dtype=np.uint8)
for name, options in {
    "ball.obj": {}, "ball-bytes.stl": {}, "ball-text.stl": {"file_type": "stl_ascii"},
    "ball-bytes.ply": {}, "ball-text.ply": {"encoding": "ascii"},
}.items():
    ball.export(folder / name, **options)
places = np.array([[i, i * i / 8, -i / 4] for i in range(20)])
cloud = trimesh.PointCloud(places, colors=np.array([[i * 12, 7, 250 - i * 10, 255] for i in range(20)], dtype=np.uint8))
cloud.export(folder / "points.ply")
(folder / "expected.json").write_text(json.dumps({
    "triangles": [[round(float(value), 6) for value in corners.flatten()] for corners in ball.triangles],
    "colours": ball.visual.vertex_colors[:, :3].tolist(),
    "points": places.tolist(),
}))
